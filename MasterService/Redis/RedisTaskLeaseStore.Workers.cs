using System.Globalization;
using MapReduce.MasterService.Redis.Packing;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis;

public sealed partial class RedisTaskLeaseStore
{
    /// <inheritdoc/>
    public async ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, ulong nonce, CancellationToken cancellationToken)
    {
        var reply = (RedisResult[])(await RunAsync(
            _scripts.Register, [RedisKeys.Workers, RedisKeys.Registrations, RedisKeys.Draining, RedisKeys.Epoch],
            [worker.Id, RegistrationPack.Write(worker), RedisTime.Microseconds(RegistrationLasts), nonce.ToString("x16", CultureInfo.InvariantCulture)],
            cancellationToken))!;
        return new RegisterAnswer((int)reply[0] == 1, (string)reply[1]!);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DrainAsync(string workerId, bool isDraining, CancellationToken cancellationToken) =>
        (int)await RunAsync(_scripts.Drain, [RedisKeys.Workers, RedisKeys.Draining], [workerId, isDraining ? 1 : 0], cancellationToken) == 1;

    /// <inheritdoc/>
    public async ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken) =>
        await RunAsync(_scripts.Leave, [RedisKeys.Workers], [workerId], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ForgetWorkerAsync(string workerId, CancellationToken cancellationToken) =>
        await RunAsync(_scripts.Forget, [RedisKeys.Workers, RedisKeys.Registrations, RedisKeys.Draining], [workerId], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WorkerView>> WorkersAsync(CancellationToken cancellationToken)
    {
        var reply = (RedisResult[])(await RunAsync(_scripts.Workers, [RedisKeys.Workers, RedisKeys.Registrations, RedisKeys.Draining], [], cancellationToken))!;
        var now = (long)reply[0];
        return [.. reply[1..].Chunk(3).Select(each => View((long)each[0], now, RegistrationPack.Read((byte[])each[1]!), (int)each[2] == 1))];
    }

    private static WorkerView View(long lapsesAt, long now, WorkerRegistration registration, bool isDraining)
    {
        var age = lapsesAt < 0 ? TimeSpan.Zero : RedisTime.Span(now - lapsesAt) + RegistrationLasts;
        return new WorkerView(registration, lapsesAt > now, isDraining, age);
    }
}
