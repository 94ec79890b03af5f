using MapReduce.MasterService.Files;
using MapReduce.MasterService.Options;
using MapReduce.Scheduling;
using MapReduce.Streaming;
using Microsoft.Extensions.Options;

namespace MapReduce.MasterService.Hosting;

/// <summary>Forgets ended jobs, and the files that no job needs any more, at start and then every few minutes.</summary>
internal sealed partial class HistoryService(JobCoordinator coordinator, FileStore files, IOptions<MasterOptions> options, TimeProvider time, ILogger<HistoryService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do Trim();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Trim()
    {
        var history = options.Value.History;
        try
        {
            var trimmed = coordinator.TrimHistory(history.Jobs, history.Age);
            if (trimmed > 0) LogTrimmed(log, trimmed, history.Jobs, history.Age);
            var deleted = files.Trim(coordinator.UnendedSpecs().SelectMany(StreamJob.FilesOf).Select(file => file.Sha256).ToHashSet(StringComparer.Ordinal));
            if (deleted > 0) LogDeleted(log, deleted);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogFailed(log, failure);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Count} ended jobs were forgotten (kept: {Jobs} jobs, {Age})")]
    private static partial void LogTrimmed(ILogger log, int count, int jobs, TimeSpan age);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "{Count} files that no job needs were deleted")]
    private static partial void LogDeleted(ILogger log, int count);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "ended jobs, or files of theirs, could not be forgotten; trying again in five minutes")]
    private static partial void LogFailed(ILogger log, Exception failure);
}
