using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>
/// Keeps the registration fresh, announces map outputs to a master that lost its memory, and deletes those of jobs that the
/// master calls ended, never of unknown ones.
/// </summary>
internal sealed class WorkerHousekeeping(
    WorkerRegistration registration, IMasterClient master, IAttemptRunner runner, AttemptSet attempts, ClaimGate gate, HeldOutputs held, TimeProvider time)
{
    private const int AnnouncedAtOnce = 500;

    // The registration lapses after 30 s: five may get lost in a row.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _registered = new();
    private readonly Lock _lock = new();
    private readonly HashSet<string> _jobs = new(StringComparer.Ordinal);
    private readonly Signal _swept = new();
    private TimeSpan _leastLease = Backoff.UsualLease;
    private string? _epoch;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await RegisterAsync(cancellationToken);
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
    public void Remember(TaskLease lease)
    {
        lock (_lock)
        {
            _jobs.Add(lease.JobId);
            if (lease.Duration < _leastLease) _leastLease = lease.Duration;
        }
    }

    /// <summary>Waits until no job needs the map outputs that this worker holds, but no longer than a limit.</summary>
    public async Task LingerAsync(TimeSpan limit, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            var swept = _swept.Next;
            var left = limit - time.GetElapsedTime(began);
            if (held.IsEmpty || left <= TimeSpan.Zero) return;
            try
            {
                await Signal.WaitAsync(swept, left, time, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
        }
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

    // A master that comes back gives leases and registrations the time of one lease to be renewed: no pause is longer than
    // a third of the shortest.
    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var answer = await Backoff.UntilAnsweredAsync(() => master.RegisterAsync(registration, cancellationToken), LeastLease, time, cancellationToken);
        gate.IsDraining = answer.IsDraining;
        var isForgotten = _epoch is not null && _epoch != answer.Epoch;
        if (isForgotten) await AnnounceAsync(cancellationToken);
        _epoch = answer.Epoch;
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        foreach (var outputs in held.All().Chunk(AnnouncedAtOnce))
            await Backoff.UntilAnsweredAsync(() => master.AnnounceAsync(registration.Id, outputs, cancellationToken), LeastLease, time, cancellationToken);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var idle = Idle();
        if (idle.Count == 0) return;
        foreach (var jobId in await EndedAsync(idle, cancellationToken))
        {
            if (!TryDiscard(jobId)) continue;
            held.Forget(jobId);
            lock (_lock) _jobs.Remove(jobId);
        }
        _swept.Pulse();
    }

    // What cannot be deleted now is tried again by the next sweep: an attempt that was given up may still write there.
    private bool TryDiscard(string jobId)
    {
        try
        {
            foreach (var attempt in held.Unsettled(jobId)) runner.Discard(attempt);
            runner.DiscardJob(jobId);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // In one try: a master that is away is first of all to hear of this worker again.
    private async Task<IReadOnlyList<string>> EndedAsync(List<string> jobs, CancellationToken cancellationToken)
    {
        try
        {
            return await master.EndedJobsAsync(jobs, cancellationToken);
        }
        catch (MasterUnavailableException)
        {
            return [];
        }
    }

    private TimeSpan LeastLease
    {
        get { lock (_lock) return _leastLease; }
    }

    private List<string> Idle()
    {
        var busy = attempts.All().Select(attempt => attempt.Lease.JobId).ToHashSet(StringComparer.Ordinal);
        lock (_lock) return [.. _jobs.Where(job => !busy.Contains(job)).Order(StringComparer.Ordinal)];
    }
}
