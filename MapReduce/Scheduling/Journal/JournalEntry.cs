using MapReduce.Protocol;

namespace MapReduce.Scheduling.Journal;

/// <summary>What the data folder keeps of a job besides the splits: enough to submit it again to an empty store.</summary>
internal sealed record JournalEntry
{
    public required string JobId { get; init; }
    public required string Fingerprint { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public required JobSpec Spec { get; init; }
    /// <summary>Map tasks of each step that read input.</summary>
    public required IReadOnlyList<int> Maps { get; init; }
    public required int Reducers { get; init; }
    public required long InputBytes { get; init; }
    public IReadOnlyList<string> Notes { get; init; } = [];
    public JobOrigin Origin { get; init; } = JobOrigin.Unknown;

    public JobShape Shape() => new()
    {
        JobId = JobId,
        Fingerprint = Fingerprint,
        Steps = StepSizes.Of(Spec, Maps, Reducers),
        Lease = Spec.Lease,
        MaxAttempts = Spec.MaxAttempts,
        MaxDeaths = Spec.MaxDeaths,
        Priority = Spec.Priority,
        SubmittedAt = SubmittedAt,
    };
}

/// <summary>How a job ended: written when nothing is left to do for it.</summary>
internal sealed record JournalEnd(JobState State, string? Error, DateTimeOffset EndedAt, IReadOnlyDictionary<string, long> Counters)
{
    /// <summary>As they stood at the end; zero when the store had lost them.</summary>
    public AttemptCounts Attempts { get; init; }

    /// <summary>The last step that was begun, from 1.</summary>
    public int Step { get; init; } = 1;

    /// <summary>The tasks of that step as they stood at the end.</summary>
    public IReadOnlyDictionary<TaskKind, TaskCounts> Tasks { get; init; } = new Dictionary<TaskKind, TaskCounts>();
}
