using MapReduce.Protocol;

namespace MapReduce.Scheduling;

/// <summary>Which tasks of a job to list.</summary>
public sealed record TaskFilter
{
    /// <summary>The step; null (the default) for the one that the job is at.</summary>
    public int? Step { get; init; }

    /// <summary>The kind of task; null (the default) for all, in the order in which they run.</summary>
    public TaskKind? Kind { get; init; }

    /// <summary>Only tasks in this state; null (the default) for all. With it, all tasks before the page are looked at.</summary>
    public TaskState? State { get; init; }

    /// <summary>Matching tasks to pass over; default 0.</summary>
    public int Offset { get; init; }

    /// <summary>Tasks at most; default 100.</summary>
    public int Limit { get; init; } = 100;
}
