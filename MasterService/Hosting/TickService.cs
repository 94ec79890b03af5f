using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Hosting;

/// <summary>Drives the coordinator: leases that ran out, workers that are lost, jobs that can be ended.</summary>
internal sealed partial class TickService(JobCoordinator coordinator, ILogger<TickService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private bool _isAway;
    private string? _failure;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TickAsync(stoppingToken);
            await coordinator.WaitForTickAsync(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What fails is tried again with the next tick, a quarter of a second later: said once, not each time.
    private async Task TickAsync(CancellationToken cancellationToken)
    {
        try
        {
            await coordinator.TickAsync(cancellationToken);
            if (_isAway) LogBack(log);
            if (_failure is not null) LogMended(log);
            (_isAway, _failure) = (false, null);
        }
        catch (MasterUnavailableException away)
        {
            if (!_isAway) LogAway(log, away.Message);
            _isAway = true;
        }
        catch (AggregateException failures)
        {
            if (_failure != failures.Message) LogFailed(log, failures);
            _failure = failures.Message;
        }
        catch (IOException failure)
        {
            if (_failure != failure.Message) LogFailed(log, failure);
            _failure = failure.Message;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The master stops; another one goes on from here.
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "the lease store is away: {Reason}; requests are answered with 503 until it is back")]
    private static partial void LogAway(ILogger log, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "the lease store is back")]
    private static partial void LogBack(ILogger log);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "jobs could not be driven; trying again every quarter of a second")]
    private static partial void LogFailed(ILogger log, Exception failure);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "all jobs can be driven again")]
    private static partial void LogMended(ILogger log);
}
