namespace MapReduce.Scheduling;

/// <summary>What the lease store must know of a job: numbers, no input, no code.</summary>
public sealed record JobShape
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>Hash of the spec and the plan: two submits with the same one are the same job.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The steps in their order; at least one.</summary>
    public required IReadOnlyList<StepSize> Steps { get; init; }

    /// <summary>How long a lease lasts from each renewal.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>User failures at which a task is dead.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>Deaths of acknowledged attempts at which a task is dead.</summary>
    public required int MaxDeaths { get; init; }

    /// <summary>Share against other jobs, 1 to 100.</summary>
    public required int Priority { get; init; }

    /// <summary>When it was submitted, for people.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>True when it was submitted from its journal, after the store had lost it.</summary>
    public bool IsRestored { get; init; }
}

/// <summary>The tasks of a step.</summary>
/// <param name="IsSampled">True when one sampling task precedes the maps.</param>
/// <param name="Maps">Map tasks.</param>
/// <param name="Reduces">Reduce tasks; 0 in a map-only step.</param>
public sealed record StepSize(bool IsSampled, int Maps, int Reduces);
