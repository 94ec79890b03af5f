namespace MapReduce.Scheduling.Memory;

/// <summary>The last events of a job's attempts.</summary>
internal sealed class LedgerRecord(TimeProvider time)
{
    private const int Kept = 10_000;

    private Queue<AttemptEvent> _events = [];
    private long _lastId;

    public void Add(AttemptEventKind kind, LeaseKey attempt, string worker, string? message)
    {
        if (_events.Count == Kept) _events.Dequeue();
        _events.Enqueue(new AttemptEvent(++_lastId, time.GetUtcNow(), kind, attempt.Task, attempt.Token, worker, message));
    }

    public LedgerView View(long after, int max)
    {
        var first = _lastId - _events.Count + 1;
        return new LedgerView([.. _events.Skip((int)Math.Clamp(after + 1 - first, 0, _events.Count)).Take(max)], after + 1 < first);
    }

    public LedgerRecord Clone() => new(time) { _events = new(_events), _lastId = _lastId };
}
