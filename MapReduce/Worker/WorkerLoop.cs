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
    private readonly AttemptPace _pace = new();
    private readonly HeldOutputs _held = new();
    private readonly AttemptSet _attempts;
    private readonly ClaimGate _gate;
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
        (_registration, _master, _runner, _time) = (registration, master, runner, time);
        _attempts = new AttemptSet(registration.Slots, _pace);
        _gate = new ClaimGate(runner, time);
        _reporter = new AttemptReporter(registration.Id, master, time);
        _heartbeat = new LeaseHeartbeat(registration.Id, master, _attempts, time);
        _housekeeping = new WorkerHousekeeping(registration, master, runner, _attempts, _gate, _held, time);
    }

    /// <summary>Works until told to leave.</summary>
    /// <param name="drain">Leave gracefully: claim no more, finish what runs, serve map outputs for a while, deregister.</param>
    /// <param name="stop">Leave at once: stop what runs, give its leases back, deregister. Implies <paramref name="drain"/>.</param>
    /// <param name="linger">How long a drained worker serves its map outputs at most; it leaves sooner when their jobs have ended. Default: not at all.</param>
    /// <returns>Ends when no attempt runs any more and the master was told, if it could be reached.</returns>
    public async Task RunAsync(CancellationToken drain, CancellationToken stop, TimeSpan linger = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(drain, stopping.Token);
        using var ended = new CancellationTokenSource();
        using var exchanging = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, stopping.Token);
        var (intake, outbox) = Connect(stopping.Token);
        using var closing = leaving.Token.UnsafeRegister(static intake => ((Intake)intake!).Close(), intake);
        var beside = Task.WhenAll(
            GuardAsync(_heartbeat.RunAsync(intake.ReleaseOverdue, ended.Token), stopping),
            GuardAsync(_housekeeping.RunAsync(ended.Token), stopping),
            GuardAsync(outbox.RunAsync(exchanging.Token), stopping));
        try
        {
            await GuardAsync(ClaimUntilLeavingAsync(intake, leaving.Token, stopping.Token), stopping);
        }
        finally
        {
            intake.ReleaseWaiting();
            await _attempts.WhenEmptyAsync();
            if (linger > TimeSpan.Zero) await _housekeeping.LingerAsync(linger, stopping.Token);
            ended.Cancel();
            await beside;
            // An exchange may have been answered in the last moment.
            await _attempts.WhenEmptyAsync();
            await _housekeeping.DeregisterAsync();
        }
    }

    private (Intake Intake, CompletionOutbox Outbox) Connect(CancellationToken stop)
    {
        // An attempt reports to the outbox, and the answer brings the next attempt.
        AttemptDesk? desk = null;
        var intake = new Intake(_attempts, _gate, _heartbeat, _reporter, _housekeeping, lease => new RunningAttempt(lease, desk!, _heartbeatEvery), stop);
        var outbox = new CompletionOutbox(_registration.Id, _master, _attempts, _gate, intake, _time);
        desk = new AttemptDesk(_registration.Id, _runner, _reporter, outbox, _held, _pace, _time);
        return (intake, outbox);
    }

    // A worker that cannot keep its leases, or report, must not claim more of them: what breaks one loop ends all.
    private static async Task GuardAsync(Task loop, CancellationTokenSource stopping)
    {
        try
        {
            await loop;
        }
        catch
        {
            stopping.Cancel();
            throw;
        }
    }

    private async Task ClaimUntilLeavingAsync(Intake intake, CancellationToken leaving, CancellationToken stop)
    {
        try
        {
            await _housekeeping.WhenRegisteredAsync(leaving);
            while (true)
            {
                await _gate.WhenOpenAsync(leaving);
                var room = await _attempts.ReserveAsync(leaving);
                // A stopped attempt frees its slot before the loop itself hears of the stop.
                if (stop.IsCancellationRequested) return;
                if (_gate.IsOpen) await intake.AcceptAsync(await ClaimAsync(room, leaving, stop), room);
                else _attempts.Unreserve(room);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested || stop.IsCancellationRequested)
        {
        }
    }

    private async Task<IReadOnlyList<TaskLease>> ClaimAsync(int room, CancellationToken leaving, CancellationToken stop)
    {
        using var cut = new ClaimCut(_time, leaving, stop);
        try
        {
            return await Backoff.UntilAnsweredAsync(() => _master.ClaimAsync(_registration.Id, room, ClaimWait, cut.Send()), Backoff.UsualLease, _time, leaving);
        }
        catch
        {
            _attempts.Unreserve(room);
            throw;
        }
    }
}
