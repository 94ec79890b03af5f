using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>
/// Reports attempts that ended well and claims for their slots in the same round trip. One exchange is under way at a time;
/// what ends meanwhile goes with the next, so that short attempts are reported in batches without waiting for one another.
/// </summary>
internal sealed class CompletionOutbox(string workerId, IMasterClient master, AttemptSet attempts, ClaimGate gate, Intake intake, TimeProvider time)
{
    private const int LargestBatch = 64;

    private readonly Lock _lock = new();
    private readonly List<Pending> _pending = [];
    private readonly Signal _filled = new();

    /// <summary>Reports a completion, and again until the master answers.</summary>
    /// <returns>The answer, and whether it is the answer to the first report; null when the wait was stopped.</returns>
    public async Task<(CompleteAnswer Answer, bool IsFirst)?> CompleteAsync(RunningAttempt attempt, AttemptResult result, CancellationToken stop)
    {
        var pending = new Pending(attempt, result);
        lock (_lock) _pending.Add(pending);
        attempts.HasRun(attempt, stop);
        using var stopped = stop.UnsafeRegister(static pending => ((Pending)pending!).Answered.TrySetResult(null), pending);
        _filled.Pulse();
        return await pending.Answered.Task is { } answer ? (answer, pending.Tries == 1) : null;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var filled = _filled.Next;
                if (IsEmpty) await filled.WaitAsync(cancellationToken);
                else await ExchangeAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private bool IsEmpty
    {
        get { lock (_lock) return _pending.Count == 0; }
    }

    private async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Pending> sent = Take();
        var max = gate.IsOpen ? attempts.Reserve() : 0;
        ExchangeAnswer answer;
        try
        {
            answer = await Backoff.UntilAnsweredAsync(
                () =>
                {
                    sent = Take();
                    return master.ExchangeAsync(workerId, [.. sent.Select(each => each.Report())], max, cancellationToken);
                },
                sent.Min(each => each.Attempt.Lease.Duration), time, cancellationToken);
        }
        catch
        {
            attempts.Unreserve(max);
            throw;
        }

        lock (_lock) _pending.RemoveRange(0, sent.Count);
        // The new leases are taken in before the old attempts are closed: a slot must not be claimed for twice.
        attempts.Begin(() => intake.AcceptAsync(answer.Leases, max));
        for (var i = 0; i < sent.Count; i++) sent[i].Answered.TrySetResult(answer.Answers[i]);
    }

    // What waits keeps its place at the head until it is answered, so that each try sends it again, with what came since.
    private List<Pending> Take()
    {
        List<Pending> taken;
        lock (_lock) taken = _pending.GetRange(0, Math.Min(LargestBatch, _pending.Count));
        foreach (var each in taken) attempts.FreeSlot(each.Attempt);
        return taken;
    }

    private sealed class Pending(RunningAttempt attempt, AttemptResult result)
    {
        public RunningAttempt Attempt => attempt;

        public int Tries { get; private set; }

        // Continues within the answer, as everything here does: a simulation must not leave its thread.
        public TaskCompletionSource<CompleteAnswer?> Answered { get; } = new();

        public CompletedAttempt Report()
        {
            Tries++;
            return new CompletedAttempt(attempt.Ref, result);
        }
    }
}
