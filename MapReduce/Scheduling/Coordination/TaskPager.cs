namespace MapReduce.Scheduling.Coordination;

/// <summary>Picks a page out of tasks that come stage by stage.</summary>
internal sealed class TaskPager(TaskFilter filter)
{
    private readonly List<TaskView> _tasks = [];
    private int _skip = filter.Offset;

    public IReadOnlyList<TaskView> Tasks => _tasks;

    public bool IsFull => _tasks.Count >= filter.Limit;

    /// <summary>The first task of a stage to look at: when any state will do, those before the page need no look.</summary>
    public int SkipAll(int total)
    {
        if (filter.State is not null) return 0;
        var skipped = Math.Min(_skip, total);
        _skip -= skipped;
        return skipped;
    }

    public void Add(IReadOnlyList<TaskView> tasks)
    {
        foreach (var task in tasks)
        {
            if (IsFull) return;
            if (filter.State is { } wanted && task.State != wanted) continue;
            if (_skip > 0) _skip--;
            else _tasks.Add(task);
        }
    }
}
