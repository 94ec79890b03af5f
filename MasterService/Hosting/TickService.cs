using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Hosting;

/// <summary>Drives the coordinator: leases that ran out, workers that are lost, jobs that can be ended.</summary>
internal sealed partial class TickService(JobCoordinator coordinator, TimeProvider time, ILogger<TickService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250), LongestBackoff = TimeSpan.FromSeconds(4);

    private bool _isAway;
    private string? _failure;
    private TimeSpan _backoff = Interval;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = await TickAsync(stoppingToken) ? coordinator.WaitForTickAsync(Interval, stoppingToken) : BackOffAsync(stoppingToken);
            await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What fails is tried again with the next tick, a quarter of a second later: said once, not each time.
    // Returns false when it is of no use to try again so soon.
    private async Task<bool> TickAsync(CancellationToken cancellationToken)
    {
        try
        {
            await coordinator.TickAsync(cancellationToken);
            if (_isAway) LogBack(log);
            if (_failure is not null) LogMended(log);
            (_isAway, _failure, _backoff) = (false, null, Interval);
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
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The master stops; another one goes on from here.
        }
        catch (Exception failure)
        {
            // Whatever it is (a script that the store refuses, a bug): without ticks no job of this master would ever end.
            if (_failure != failure.Message) LogBroken(log, failure);
            _failure = failure.Message;
            return false;
        }
        return true;
    }

    private Task BackOffAsync(CancellationToken cancellationToken)
    {
        var pause = _backoff;
        _backoff = pause * 2 < LongestBackoff ? pause * 2 : LongestBackoff;
        return Task.Delay(pause, time, cancellationToken);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "the lease store is away: {Reason}; requests are answered with 503 until it is back")]
    private static partial void LogAway(ILogger log, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "the lease store is back")]
    private static partial void LogBack(ILogger log);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "jobs could not be driven; trying again every quarter of a second")]
    private static partial void LogFailed(ILogger log, Exception failure);

    [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "no job can be driven; trying again, every few seconds in the end")]
    private static partial void LogBroken(ILogger log, Exception failure);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "all jobs can be driven again")]
    private static partial void LogMended(ILogger log);
}
