using System.Diagnostics.CodeAnalysis;
using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>
/// One attempt from its lease to its report. Its lease stands until the master says otherwise; once its completion was
/// sent, only the answer to that counts, because the attempt may have won although the answer was lost.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer holds nothing; a heartbeat may cancel it after the attempt ended.")]
internal sealed class RunningAttempt(TaskLease lease, AttemptDesk desk, TimeSpan heartbeatEvery)
{
    private readonly CancellationTokenSource _stop = new();
    private readonly AttemptProgress _progress = new();
    private readonly TaskCompletionSource _stalled = new();
    private readonly TimeProvider _time = desk.Time;
    private ProgressWatch? _watch;
    private volatile bool _isLost, _isStalled;
    private readonly TimeSpan _renewalEvery = heartbeatEvery < lease.Duration / 3 ? heartbeatEvery : lease.Duration / 3;
    private readonly long _claimedAt = desk.Time.GetTimestamp();
    private long _renewedAt = desk.Time.GetTimestamp();

    public TaskLease Lease => lease;

    public LeaseRef Ref => new(lease.JobId, lease.Task, lease.Token);

    /// <summary>False once the master took the lease away or cancelled the job.</summary>
    public bool IsLeased => !_isLost;

    public AttemptSnapshot Snapshot => _progress.Snapshot();

    /// <summary>How long until the lease should be renewed; a third of it has passed then, at most.</summary>
    public TimeSpan UntilRenewal => _renewalEvery - _time.GetElapsedTime(_renewedAt);

    /// <summary>Time since the lease arrived.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_claimedAt);

    /// <summary>True until the attempt's slot may be given to another. The attempt set's own.</summary>
    public bool HoldsSlot { get; set; } = true;

    /// <summary>Takes the master's answer to a renewal that was sent at a time.</summary>
    public void Take(RenewAnswer answer, long sentAt)
    {
        Volatile.Write(ref _renewedAt, sentAt);
        if (answer == RenewAnswer.Ok) return;
        _isLost = true;
        _stop.Cancel();
    }

    /// <summary>Gives the attempt up when it has shown no progress for the task's time limit.</summary>
    public void CheckStalled()
    {
        if (_watch is not { } watch || watch.Remaining(_progress) > TimeSpan.Zero) return;
        _isStalled = true;
        _stop.Cancel();
        _stalled.TrySetResult();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        // It was lost while it waited for a slot.
        if (_isLost) return;
        _watch = new ProgressWatch(lease.Spec.TaskTimeout, _time);
        var startedAt = _time.GetTimestamp();
        using var stopping = stop.UnsafeRegister(static attempt => ((RunningAttempt)attempt!)._stop.Cancel(), this);
        var trace = AttemptTrace.Begin(lease, desk.WorkerId, _progress);
        var run = Start();
        await Task.WhenAny(run, _stalled.Task);
        var took = _time.GetElapsedTime(startedAt);
        desk.Pace.Add(lease, took);
        if (run.IsCompleted)
        {
            trace.End(run, took);
            await ReportAsync(run, trace, stop);
        }
        else
        {
            trace.EndStalled(took);
            await AbandonAsync(run, stop);
        }
    }

    // What a runner throws before its first await ends like any other failure.
    private Task<AttemptResult> Start()
    {
        try
        {
            return desk.Runner.RunAsync(lease, _progress, _stop.Token);
        }
        catch (Exception early)
        {
            return Task.FromException<AttemptResult>(early);
        }
    }

    private async Task ReportAsync(Task<AttemptResult> run, AttemptTrace trace, CancellationToken stop)
    {
        try
        {
            var result = trace.Sign(await run);
            if (_isLost) Discard();
            else await CompleteAsync(result, stop);
        }
        catch (AttemptFailedException failed)
        {
            if (!_isLost) await desk.Reporter.FailAsync(lease, failed.Failure, stop);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            if (_isStalled) await FailStalledAsync(stop);
            else if (!_isLost) await desk.Reporter.ReleaseAsync(lease);
        }
        catch (Exception unexplained) when (run.IsFaulted)
        {
            Discard();
            var failure = new AttemptFailure(FailureKind.User, $"Attempt {lease.Token} of task {lease.Task} of job {lease.JobId} threw: {unexplained}");
            if (!_isLost) await desk.Reporter.FailAsync(lease, failure, stop);
        }
    }

    private async Task CompleteAsync(AttemptResult result, CancellationToken stop)
    {
        // Stopped: whether the report arrived is unknown. The lease expires, or the task has its winner.
        if (await desk.Outbox.CompleteAsync(this, result, stop) is not var (answer, isFirst)) return;
        if (answer == CompleteAnswer.Ok) desk.Held.Add(lease, result);
        // After a lost answer "stale" may come from a master that never heard of the first report, while another counted
        // it and is about to commit these very files. They stay until the job ends.
        else if (isFirst && !FeedsNextStep) Discard();
        else desk.Held.Keep(lease);
    }

    // While a store is two, one of them may know nothing of the lease that the other has granted, and a copy of the report that
    // is late enough wins there after all. A missing part of the last step runs again before the commit; one that the next step
    // has begun to read cannot.
    private bool FeedsNextStep => lease.Task.Step < lease.Spec.Steps.Count - 1;

    // Code that does not heed its cancellation cannot be stopped within a process. Its slot goes on without it, and what
    // it wrote is deleted should it ever end.
    private async Task AbandonAsync(Task<AttemptResult> run, CancellationToken stop)
    {
        _ = DiscardAfterAsync(run);
        await FailStalledAsync(stop);
    }

    private async Task DiscardAfterAsync(Task run)
    {
        await Task.WhenAny(run);
        Discard();
    }

    // What cannot be deleted now is deleted with the job. A disk that refuses must not end the worker, and with it all map
    // outputs that it holds.
    private void Discard()
    {
        try
        {
            desk.Runner.Discard(lease);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
        }
    }

    private async Task FailStalledAsync(CancellationToken stop)
    {
        if (_isLost) return;
        var snapshot = Snapshot;
        var message = $"Attempt {lease.Token} of task {lease.Task} of job {lease.JobId} made no progress for {lease.Spec.TaskTimeout} "
            + $"(phase {snapshot.Phase}, {snapshot.Records} records). Report progress or status from long work, or raise the task timeout.";
        await desk.Reporter.FailAsync(lease, new AttemptFailure(FailureKind.User, message), stop);
    }
}
