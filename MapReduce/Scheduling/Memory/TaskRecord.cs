namespace MapReduce.Scheduling.Memory;

/// <summary>A task that was claimed at least once.</summary>
internal sealed class TaskRecord
{
    /// <summary>Attempts that were granted.</summary>
    public int Attempts { get; set; }

    /// <summary>User failures, deaths, and both together with failures of workers and fetches.</summary>
    public int Failures { get; set; }
    public int Deaths { get; set; }
    public int Counted { get; set; }

    public TaskWin? Win { get; set; }

    /// <summary>The winner's counters, packed by the job's table.</summary>
    public long[] Counters { get; set; } = [];
    public string? LastError { get; set; }

    /// <summary>The worker on which the last attempt failed or died: a retry should go elsewhere.</summary>
    public string? FailedOn { get; set; }

    /// <summary>When the task is due in its stage's queue; null when it is not queued.</summary>
    public long? QueuedAt { get; set; }

    /// <summary>At most two: an attempt and its backup.</summary>
    public List<RunRecord> Runs { get; private set; } = [];

    /// <summary>A copy whose runs are those of the copied job.</summary>
    public TaskRecord Clone(Func<RunRecord, RunRecord> runs)
    {
        var copy = (TaskRecord)MemberwiseClone();
        copy.Runs = [.. Runs.Select(runs)];
        return copy;
    }
}
