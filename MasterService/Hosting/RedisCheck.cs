using MapReduce.MasterService.Redis;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Hosting;

/// <summary>
/// Holds the start up until Redis is there and may be trusted: it drops no keys by itself, and its jobs are those of this
/// master's data folder.
/// </summary>
internal sealed partial class RedisCheck(IConnectionMultiplexer redis, JobCoordinator coordinator, TimeProvider time, ILogger<RedisCheck> log) : IHostedService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var isFirst = true; !await TryAsync(isFirst, cancellationToken); isFirst = false)
            await Task.Delay(RetryAfter, time, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> TryAsync(bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            await RedisGuard.CheckAsync(redis, time, cancellationToken);
            await RedisDataFolder.CheckAsync(redis, coordinator.DataFolderId(), time, cancellationToken);
            return true;
        }
        catch (MasterUnavailableException away)
        {
            if (isFirst) LogAway(log, away.Message);
            return false;
        }
        catch (InvalidOperationException refused)
        {
            throw new StartRefusedException(refused.Message);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Redis is away: {Reason}; the master starts when it is there")]
    private static partial void LogAway(ILogger log, string reason);
}
