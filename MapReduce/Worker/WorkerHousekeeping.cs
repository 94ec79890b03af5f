using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>Keeps the registration fresh and deletes the map outputs of jobs that the master calls ended, never of unknown ones.</summary>
internal sealed class WorkerHousekeeping(
    WorkerRegistration registration, IMasterClient master, IAttemptRunner runner, AttemptSet attempts, TimeProvider time)
{
    // The registration lapses after 30 s: five may get lost in a row.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _registered = new();
    private readonly Lock _lock = new();
    private readonly HashSet<string> _jobs = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Backoff.UntilAnsweredAsync(() => master.RegisterAsync(registration, cancellationToken), Backoff.UsualLease, time, cancellationToken);
                _registered.TrySetResult();
                await SweepAsync(cancellationToken);
                await Delay.ForAsync(Period, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    public Task WhenRegisteredAsync(CancellationToken cancellationToken) => _registered.Task.WaitAsync(cancellationToken);

    /// <summary>Notes that this worker may hold files of a job.</summary>
    public void Remember(string jobId)
    {
        lock (_lock) _jobs.Add(jobId);
    }

    /// <summary>Takes the worker off the master's list, in one try: otherwise the registration lapses.</summary>
    public async Task DeregisterAsync()
    {
        if (!_registered.Task.IsCompleted) return;
        try
        {
            await master.DeregisterAsync(registration.Id, CancellationToken.None);
        }
        catch (MasterUnavailableException)
        {
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var idle = Idle();
        if (idle.Count == 0) return;
        var ended = await Backoff.UntilAnsweredAsync(() => master.EndedJobsAsync(idle, cancellationToken), Backoff.UsualLease, time, cancellationToken);
        foreach (var jobId in ended)
        {
            runner.DiscardJob(jobId);
            lock (_lock) _jobs.Remove(jobId);
        }
    }

    private List<string> Idle()
    {
        var busy = attempts.All().Select(attempt => attempt.Lease.JobId).ToHashSet(StringComparer.Ordinal);
        lock (_lock) return [.. _jobs.Where(job => !busy.Contains(job)).Order(StringComparer.Ordinal)];
    }
}
