using MapReduce.Protocol;

namespace MapReduce.Scheduling.Memory;

/// <summary>The tasks of one kind of one step. Its counts always equal what its tasks say.</summary>
internal sealed class StageRecord(TaskKind kind, int total)
{
    // An array rather than a dictionary: a task is one reference, and none before the first claim.
    private TaskRecord?[]? _tasks;
    private SortedSet<(long DueAt, int Index)> _queue = [];
    private Dictionary<string, SortedSet<int>> _winsByWorker = [];

    public TaskKind Kind { get; } = kind;
    public int Total { get; } = total;
    public int Cursor { get; set; }
    public int Running { get; set; }
    public int Done { get; private set; }
    public long Version { get; private set; }
    public DurationHistogram Durations { get; private set; } = new();
    public bool IsDone => Done == Total;
    public IEnumerable<(long DueAt, int Index)> Queue => _queue;
    public long? NextDue => _queue.Count == 0 ? null : _queue.Min.DueAt;
    public StageView View => new(Total, Cursor, _queue.Count, Running, Done);

    public TaskRecord? Find(int index) => _tasks is not null && (uint)index < (uint)Total ? _tasks[index] : null;

    public TaskRecord GetOrAdd(int index) => (_tasks ??= new TaskRecord?[Total])[index] ??= new TaskRecord();

    public void Enqueue(int index, TaskRecord task, long dueAt)
    {
        Dequeue(index, task);
        task.QueuedAt = dueAt;
        _queue.Add((dueAt, index));
    }

    public void Dequeue(int index, TaskRecord task)
    {
        if (task.QueuedAt is { } dueAt) _queue.Remove((dueAt, index));
        task.QueuedAt = null;
    }

    public void SetWin(int index, TaskRecord task, TaskWin win)
    {
        task.Win = win;
        Done++;
        Version = WinnersVersion.Next(Version, isWin: true, index, win.Token);
        if (!_winsByWorker.TryGetValue(win.Worker, out var wins)) _winsByWorker[win.Worker] = wins = [];
        wins.Add(index);
    }

    public void ClearWin(int index, TaskRecord task)
    {
        _winsByWorker[task.Win!.Worker].Remove(index);
        Version = WinnersVersion.Next(Version, isWin: false, index, task.Win.Token);
        task.Win = null;
        Done--;
    }

    /// <summary>The tasks that a worker won, at most so many.</summary>
    public int[] WonBy(string worker, int max) => _winsByWorker.TryGetValue(worker, out var wins) ? [.. wins.Take(max)] : [];

    public IReadOnlyList<TaskWin> Wins() => _tasks is null ? [] : [.. _tasks.Select(task => task?.Win).OfType<TaskWin>()];

    public StageRecord Clone(Func<RunRecord, RunRecord> runs)
    {
        var copy = (StageRecord)MemberwiseClone();
        copy._tasks = _tasks is null ? null : Array.ConvertAll(_tasks, task => task?.Clone(runs));
        copy._queue = [.. _queue];
        copy._winsByWorker = _winsByWorker.ToDictionary(pair => pair.Key, pair => new SortedSet<int>(pair.Value));
        copy.Durations = Durations.Clone();
        return copy;
    }

    /// <summary>The counts without the tasks.</summary>
    public StageRecord Summary() => new(Kind, Total) { Cursor = Cursor, Done = Done };
}
