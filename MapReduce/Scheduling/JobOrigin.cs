namespace MapReduce.Scheduling;

/// <summary>Where a job came from. The first submit of a job decides; its repetitions change nothing.</summary>
/// <param name="Subject">Who submitted it; null when nobody was asked.</param>
/// <param name="TraceParent">The job's span as a W3C <c>traceparent</c>; null when it is not traced.</param>
/// <param name="ShuffleSecret">What readers of its map outputs must show, random for each job; null where map outputs never leave their host.</param>
public sealed record JobOrigin(string? Subject, string? TraceParent, string? ShuffleSecret)
{
    /// <summary>A job within one process.</summary>
    public static JobOrigin Unknown { get; } = new(null, null, null);

    /// <summary>The trace, 32 hexadecimal digits; null when the job is not traced.</summary>
    public string? TraceId() => TraceParent is { Length: >= 35 } parent ? parent[3..35] : null;
}
