using MapReduce.Protocol;

namespace MapReduce.Scheduling;

/// <summary>Which jobs to list.</summary>
public sealed record JobFilter
{
    /// <summary>Only jobs in this state; null (the default) for all.</summary>
    public JobState? State { get; init; }

    /// <summary>Only jobs of this name (<see cref="JobStatus.Name"/>, compared exactly); null (the default) for all.</summary>
    public string? Name { get; init; }

    /// <summary>Matching jobs to pass over; default 0.</summary>
    public int Offset { get; init; }

    /// <summary>Jobs at most; default 50.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A page of a list of jobs.</summary>
/// <param name="Jobs">The newest first.</param>
/// <param name="Total">Jobs that match, on all pages.</param>
public sealed record JobPage(IReadOnlyList<JobStatus> Jobs, int Total);
