using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>
/// A worker's body: registers, claims tasks for its free slots, keeps their leases alive, reports how attempts end.
/// Knows no HTTP, no disk and no user code; starts no thread and no timer of its own but delays of the clock it is given.
/// </summary>
/// <remarks>
/// It awaits without <c>ConfigureAwait</c>: a simulation runs everything on one thread by installing its own
/// <see cref="SynchronizationContext"/>, and a host that has a context of its own starts the loop by <c>Task.Run</c>.
/// A loop runs once.
/// </remarks>
public sealed class WorkerLoop
{
    private static readonly TimeSpan ClaimWait = TimeSpan.FromSeconds(20);

    private readonly WorkerRegistration _registration;
    private readonly IMasterClient _master;
    private readonly IAttemptRunner _runner;
    private readonly TimeProvider _time;
    private readonly TimeSpan _heartbeatEvery;
    private readonly AttemptSet _attempts = new();
    private readonly AttemptReporter _reporter;
    private readonly LeaseHeartbeat _heartbeat;
    private readonly WorkerHousekeeping _housekeeping;

    /// <summary>Prepares a worker.</summary>
    /// <param name="registration">Its id (random per process start), slots and address.</param>
    /// <param name="master">The master.</param>
    /// <param name="runner">Runs attempts, each on a thread of its own: the loop only awaits them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="heartbeatEvery">Time between renewals of a lease, which also carry its progress; null (the default) for a third of the lease, which is also the most.</param>
    /// <exception cref="ArgumentOutOfRangeException">The registration has no slot, or the time between renewals is not positive.</exception>
    public WorkerLoop(WorkerRegistration registration, IMasterClient master, IAttemptRunner runner, TimeProvider time, TimeSpan? heartbeatEvery = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(registration.Slots, 1);
        _heartbeatEvery = heartbeatEvery ?? TimeSpan.MaxValue;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_heartbeatEvery, TimeSpan.Zero, nameof(heartbeatEvery));
        _registration = registration;
        _master = master;
        _runner = runner;
        _time = time;
        _reporter = new AttemptReporter(registration.Id, master, runner, time);
        _heartbeat = new LeaseHeartbeat(registration.Id, master, _attempts, time);
        _housekeeping = new WorkerHousekeeping(registration, master, runner, _attempts, time);
    }

    /// <summary>Works until told to leave.</summary>
    /// <param name="drain">Leave gracefully: claim no more, finish what runs, deregister.</param>
    /// <param name="stop">Leave at once: stop what runs, give its leases back, deregister. Implies <paramref name="drain"/>.</param>
    /// <returns>Ends when no attempt runs any more and the master was told, if it could be reached.</returns>
    public async Task RunAsync(CancellationToken drain, CancellationToken stop)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(drain, stopping.Token);
        using var ended = new CancellationTokenSource();
        var beside = RunBesideAsync(leaving, ended.Token);
        try
        {
            await ClaimUntilLeavingAsync(leaving.Token, stopping.Token);
        }
        catch
        {
            stopping.Cancel();
            throw;
        }
        finally
        {
            await _attempts.WhenEmptyAsync();
            ended.Cancel();
            await beside;
            await _housekeeping.DeregisterAsync();
        }
    }

    // A worker that cannot keep its leases must not claim more of them.
    private async Task RunBesideAsync(CancellationTokenSource leaving, CancellationToken ended)
    {
        try
        {
            await Task.WhenAll(_heartbeat.RunAsync(ended), _housekeeping.RunAsync(ended));
        }
        finally
        {
            leaving.Cancel();
        }
    }

    private async Task ClaimUntilLeavingAsync(CancellationToken leaving, CancellationToken stop)
    {
        try
        {
            await _housekeeping.WhenRegisteredAsync(leaving);
            while (true)
            {
                await _attempts.WhenBelowAsync(_registration.Slots, leaving);
                // A stopped attempt frees its slot before the loop itself hears of the stop.
                if (stop.IsCancellationRequested) return;
                var free = _registration.Slots - _attempts.Count;
                await StartAsync(await ClaimAsync(free, leaving), stop);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
        }
    }

    private Task<IReadOnlyList<TaskLease>> ClaimAsync(int free, CancellationToken leaving) =>
        Backoff.UntilAnsweredAsync(() => _master.ClaimAsync(_registration.Id, free, ClaimWait, leaving), Backoff.UsualLease, _time, leaving);

    private async Task StartAsync(IReadOnlyList<TaskLease> leases, CancellationToken stop)
    {
        if (leases.Count == 0) return;
        var claimed = leases.Select(lease => new RunningAttempt(lease, _runner, _reporter, _time, _heartbeatEvery)).ToList();
        foreach (var attempt in claimed) _housekeeping.Remember(attempt.Lease.JobId);
        try
        {
            // The acknowledgement: user code runs only once the master knows that the lease arrived.
            await _heartbeat.RenewAsync(claimed, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            foreach (var attempt in claimed) await _reporter.ReleaseAsync(attempt.Lease);
            throw;
        }

        foreach (var attempt in claimed.Where(attempt => attempt.IsLeased)) _attempts.Start(attempt, stop);
    }
}
