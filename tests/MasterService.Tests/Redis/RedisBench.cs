using MapReduce.Counters;
using MapReduce.MasterService.Redis;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Tests.Redis;

/// <summary>A Redis, a store over it, and one job of four maps and two reduces.</summary>
internal sealed class RedisBench : IAsyncDisposable
{
    public const string JobId = "job";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TimeSpan _lease;
    private ulong _nonce;

    private RedisBench(RedisServer server, ConnectionMultiplexer connection, TimeSpan lease)
    {
        (Server, Connection, _lease) = (server, connection, lease);
        Store = new RedisTaskLeaseStore(connection, TimeProvider.System);
    }

    public RedisServer Server { get; }
    public ConnectionMultiplexer Connection { get; }
    public IDatabase Database => Connection.GetDatabase();
    public RedisTaskLeaseStore Store { get; }

    public static async Task<RedisBench> StartAsync(TimeSpan lease, params string[] options)
    {
        var server = await RedisServer.StartAsync(options);
        var bench = new RedisBench(server, await ConnectionMultiplexer.ConnectAsync(server.Configuration), lease);
        await bench.SubmitAsync();
        return bench;
    }

    public ValueTask<bool> SubmitAsync(string jobId = JobId) => Store.SubmitAsync(new JobShape
    {
        JobId = jobId,
        Fingerprint = "print",
        Steps = [new StepSize(false, 4, 2)],
        Lease = _lease,
        MaxAttempts = 4,
        MaxDeaths = 4,
        Priority = 10,
        SubmittedAt = default,
    }, default);

    /// <summary>Claims and acknowledges a map task.</summary>
    public async Task<LeaseRef> StartTaskAsync()
    {
        var view = (await ViewAsync())!;
        var window = new FreshWindow(0, TaskKind.Map, view.Map.Cursor, [.. Enumerable.Range(view.Map.Cursor, 4 - view.Map.Cursor)]);
        var task = Assert.Single((await Store.ClaimAsync(new ClaimRequest(JobId, "w1", 1, ++_nonce, window, false), default)).Tasks);
        var lease = new LeaseRef(JobId, task.Task, task.Token);
        Assert.Equal(RenewAnswer.Ok, await RenewAsync(lease));
        return lease;
    }

    public async Task<RenewAnswer> RenewAsync(LeaseRef lease) =>
        Assert.Single(await Store.RenewAsync([new RenewRequest(lease, new AttemptSnapshot(0.5, 7, "sort"))], default));

    public async Task<CompleteAnswer> CompleteAsync(LeaseRef lease) =>
        Assert.Single(await Store.CompleteAsync([new CompletedAttempt(lease, Result())], default)).Answer;

    /// <summary>Registers a worker.</summary>
    /// <returns>The store's epoch.</returns>
    public async Task<string> RegisterAsync(ulong nonce) => (await Store.RegisterAsync(new WorkerRegistration("w1", 1, null), nonce, default)).Epoch;

    public ValueTask<JobView?> ViewAsync() => Store.JobAsync(JobId, default);

    public ValueTask<ReapAnswer> ReapAsync() => Store.ReapAsync(default);

    public static RedisKey LeaseKey(LeaseRef lease) => RedisKeys.Lease(JobId, TaskNames.Task(lease.Task), lease.Token);

    /// <summary>Ticks until the grace that follows the first look has passed.</summary>
    public async Task PassGraceAsync()
    {
        await ReapAsync();
        var until = (long)await Database.HashGetAsync(RedisKeys.Guard, "grace");
        await UntilAsync(async () =>
        {
            await ReapAsync();
            return (long)await Database.HashGetAsync(RedisKeys.Guard, "tick") >= until;
        });
    }

    /// <summary>Asks again and again until a condition holds, also while Redis comes back.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await HoldsAsync(condition))
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience) throw new TimeoutException($"The condition did not hold within {Patience}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public static AttemptResult Result()
    {
        var counters = new CounterSet();
        counters.Add("RECORDS", 1);
        return new AttemptResult { Bytes = 10, Counters = counters };
    }

    public async ValueTask DisposeAsync()
    {
        // To wait for answers would be to wait in vain: some of these servers are gone.
        await Connection.CloseAsync(false);
        Connection.Dispose();
        await Server.DisposeAsync();
    }

    private static async Task<bool> HoldsAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (MasterUnavailableException)
        {
            return false;
        }
    }
}
