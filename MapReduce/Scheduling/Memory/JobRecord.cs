using MapReduce.Counters;
using MapReduce.Protocol;

namespace MapReduce.Scheduling.Memory;

/// <summary>A job's state. Times are ticks of the store's clock. The operations stand in the other parts of this class.</summary>
internal sealed partial class JobRecord
{
    private StepRecord[] _steps;
    private Dictionary<LeaseKey, RunRecord> _runs = [];
    private Dictionary<string, FailureRow> _failingWorkers = [];
    private Dictionary<LeaseKey, int> _fetchReports = [];
    private HashSet<LeaseKey> _rejected = [];
    private CounterSet _counters = [];
    private CounterTable _counterTable = new();
    private AttemptTotals _attempts;
    private LedgerRecord _ledger;
    private readonly long _submittedAt;

    public JobRecord(JobShape shape, long now, TimeProvider time)
    {
        Shape = shape;
        _ledger = new LedgerRecord(time);
        _submittedAt = now;
        _steps = [.. shape.Steps.Select(size => new StepRecord(size))];
        Advance();
    }

    public JobShape Shape { get; }
    public int Step { get; private set; }
    public DeadTask? Dead { get; private set; }
    public bool IsCancelled { get; set; }
    public JobEnd? End { get; private set; }
    public bool HasEnded => End is not null;
    public bool IsDone => _steps[^1].IsDone;

    private StepRecord Current => _steps[Step];

    public JobRecord Clone()
    {
        var copy = (JobRecord)MemberwiseClone();
        copy._runs = _runs.ToDictionary(pair => pair.Key, pair => pair.Value.Clone());
        copy._steps = Array.ConvertAll(_steps, step => step.Clone(run => copy._runs[run.Key]));
        copy._failingWorkers = new(_failingWorkers);
        copy._fetchReports = new(_fetchReports);
        copy._rejected = [.. _rejected];
        copy._counters = [];
        copy._counters.Add(_counters);
        copy._counterTable = _counterTable.Clone();
        copy._ledger = _ledger.Clone();
        return copy;
    }

    /// <summary>Ends the job for good: its attempts are killed, its tasks forgotten; counts and counters stay for people to read.</summary>
    public void Finish(JobEnd end)
    {
        if (HasEnded) return;
        End = end;
        _attempts.Killed += _runs.Count;
        _runs = [];
        _rejected = [];
        _fetchReports = [];
        _failingWorkers = [];
        _steps = Array.ConvertAll(_steps, step => step.Summary());
    }

    // A step that is done is never entered again: its output lies in shared storage.
    private void Advance()
    {
        while (Step < _steps.Length - 1 && Current.IsDone) Step++;
    }

    private void Note(AttemptEventKind kind, LeaseKey attempt, string worker, string? message = null) => _ledger.Add(kind, attempt, worker, message);

    private StageRecord? StageOf(TaskId task) =>
        (uint)task.Step < (uint)_steps.Length ? _steps[task.Step][task.Kind] : null;

    private struct AttemptTotals
    {
        public int Started, Failed, Killed, Lost, Backup;
    }
}

/// <summary>How a job ended.</summary>
internal sealed record JobEnd(JobState State, string? Error, long At, DateTimeOffset Date);

/// <summary>A worker's failures in a row at one job.</summary>
internal readonly record struct FailureRow(int Failures, bool IsWorkerFault, long At);
