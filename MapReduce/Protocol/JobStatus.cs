namespace MapReduce.Protocol;

/// <summary>The states of a job, in the order in which it passes them.</summary>
public enum JobState
{
    /// <summary>Known, not yet planned.</summary>
    Submitted,

    /// <summary>Its input is being cut into splits, or sampled.</summary>
    Planning,

    /// <summary>Map tasks run.</summary>
    Mapping,

    /// <summary>All maps are done; reduce tasks run.</summary>
    Reducing,

    /// <summary>All tasks are done; the outcome is decided or being carried out.</summary>
    Committing,

    /// <summary>The output is final and complete.</summary>
    Succeeded,

    /// <summary>It ended without output; the error says why.</summary>
    Failed,

    /// <summary>It was stopped on request; there is no output.</summary>
    Cancelled,
}

/// <summary>The states of a task, in the order in which it passes them.</summary>
public enum TaskState
{
    /// <summary>Waits for a worker.</summary>
    Pending,

    /// <summary>At least one attempt holds a lease.</summary>
    Running,

    /// <summary>An attempt won.</summary>
    Done,

    /// <summary>It failed too often: so does its job.</summary>
    Dead,
}

/// <summary>The states of an attempt: running, then one of the five ways to end.</summary>
public enum AttemptState
{
    /// <summary>Holds a lease.</summary>
    Running,

    /// <summary>Won its task.</summary>
    Committed,

    /// <summary>Reported a failure.</summary>
    Failed,

    /// <summary>Stopped on request: its twin won, or the job ended.</summary>
    Killed,

    /// <summary>Reported too late; its files were dropped.</summary>
    Stale,

    /// <summary>Its worker fell silent for the time of a lease.</summary>
    Lost,
}

/// <summary>How a job stands. All counts are of this moment.</summary>
public sealed record JobStatus
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>What people call it: <see cref="JobSpec.Name"/>, or the job's name.</summary>
    public required string Name { get; init; }

    /// <summary>The output directory.</summary>
    public required string Output { get; init; }

    /// <summary>The trace of the job, 32 hexadecimal digits; null when it is not traced.</summary>
    public string? TraceId { get; init; }

    /// <summary>Where it is.</summary>
    public required JobState State { get; init; }

    /// <summary>The current step, from 1 to <see cref="Steps"/>; of a job that ended, the last that was begun. Default 1.</summary>
    public int Step { get; init; } = 1;

    /// <summary>How many steps the job has. Default 1.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Tasks of each kind of the current step.</summary>
    public required IReadOnlyDictionary<TaskKind, TaskCounts> Tasks { get; init; }

    /// <summary>Attempts by how they ended or stand, the whole job.</summary>
    public required AttemptCounts Attempts { get; init; }

    /// <summary>Totals of the winners' counters.</summary>
    public required IReadOnlyDictionary<string, long> Counters { get; init; }

    /// <summary>Bytes of input of all splits, as they lie on disk; 0 until planned.</summary>
    public long InputBytes { get; init; }

    /// <summary>Why it failed; before its end, what keeps the master that was asked from ending it; null otherwise.</summary>
    public string? Error { get; init; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Tasks of one kind.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Running">Those with a lease.</param>
/// <param name="Done">Those that an attempt won.</param>
/// <param name="Progress">0 to 1, running attempts counted by their fractions.</param>
public readonly record struct TaskCounts(int Total, int Running, int Done, double Progress);

/// <summary>Attempts of a job by state; <paramref name="Backup"/> counts those that were started beside a slow one.</summary>
/// <param name="Started">All that were ever granted.</param>
/// <param name="Failed">Reported a failure.</param>
/// <param name="Killed">Stopped on request.</param>
/// <param name="Lost">Fell silent.</param>
/// <param name="Backup">Started beside a slow one.</param>
public readonly record struct AttemptCounts(int Started, int Failed, int Killed, int Lost, int Backup);
