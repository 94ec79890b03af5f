using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Hosting;

/// <summary>Tells the log what happens in the cluster: jobs that end, leases that run out, workers that come and go.</summary>
internal sealed partial class ClusterWatch(JobCoordinator coordinator, ITaskLeaseStore store, TimeProvider time, ILogger<ClusterWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Attempts lost so far, of each job that has not ended.
    private Dictionary<string, int> _lost = [];
    private Dictionary<string, WorkerView> _workers = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAtJobsAsync(cancellationToken);
            LookAtWorkers(await store.WorkersAsync(cancellationToken));
        }
        catch (Exception away) when (away is MasterUnavailableException or IOException or UnauthorizedAccessException)
        {
            // The tick says so.
        }
    }

    private async Task LookAtJobsAsync(CancellationToken cancellationToken)
    {
        var active = (await store.ActiveAsync(cancellationToken)).Jobs.ToDictionary(job => job.Shape.JobId, job => job.Attempts.Lost);
        foreach (var (jobId, lost) in active)
            if (lost - _lost.GetValueOrDefault(jobId) is > 0 and var more) LogExpired(log, more, jobId);
        foreach (var jobId in _lost.Keys.Where(jobId => !active.ContainsKey(jobId)))
        {
            // It may also be gone because the store lost its memory.
            if (await coordinator.StatusAsync(jobId, cancellationToken) is { EndedAt: { } ended } status)
                LogEnded(log, jobId, status.Name, status.State, ended - status.SubmittedAt, status.Error);
        }
        _lost = active;
    }

    private void LookAtWorkers(IReadOnlyList<WorkerView> workers)
    {
        var live = workers.Where(worker => worker.IsLive).ToDictionary(worker => worker.Registration.Id);
        foreach (var (id, worker) in live)
            if (!_workers.ContainsKey(id)) LogJoined(log, id, worker.Registration.Slots, worker.Registration.Address);
        foreach (var id in _workers.Keys)
            if (!live.ContainsKey(id)) LogLeft(log, id);
        _workers = live;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "job {JobId} ({Name}) {State} after {Elapsed}; {Error}")]
    private static partial void LogEnded(ILogger log, string jobId, string name, JobState state, TimeSpan elapsed, string? error);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Count} leases of job {JobId} ran out; their tasks go to other workers")]
    private static partial void LogExpired(ILogger log, int count, string jobId);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "worker {WorkerId} joined with {Slots} slots, at {Address}")]
    private static partial void LogJoined(ILogger log, string workerId, int slots, string? address);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "worker {WorkerId} left or was lost")]
    private static partial void LogLeft(ILogger log, string workerId);
}
