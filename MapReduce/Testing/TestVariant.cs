namespace MapReduce.Testing;

/// <summary>One way to run a job, all of which must give one output.</summary>
/// <param name="Name">For a message: <c>in splits of 7 bytes</c>.</param>
/// <param name="SplitSize">Bytes of a split.</param>
/// <param name="Reducers">Reduce tasks.</param>
/// <param name="Combining">How often the combiner runs.</param>
internal sealed record TestVariant(string Name, long SplitSize, int Reducers, Combining Combining)
{
    // Each split is an attempt with files of its own.
    private const long MostSplits = 100;

    /// <summary>The input in one piece, one reduce task.</summary>
    public static TestVariant Plain { get; } = new("in one piece", long.MaxValue, 1, Combining.AsUsual);

    /// <summary>
    /// The others. Splits of one byte, where the input is short, begin at each place where one can; each of their runs is combined
    /// apart and again when it arrives.
    /// </summary>
    public static IEnumerable<TestVariant> Others(long bytes)
    {
        yield return Plain with { Name = "when the combiner never runs", Combining = Combining.Never };
        yield return Plain with { Name = "when the combiner runs on what it made of halves of the values", Combining = Combining.Twice };
        var least = Math.Max(1, (bytes + MostSplits - 1) / MostSplits);
        yield return InSplits(least, reducers: 1);
        yield return InSplits((bytes / 2) + 1, reducers: 2);
        yield return InSplits((bytes / 3) + 1, reducers: 3) with { Combining = Combining.Never };
    }

    /// <summary>A few attempts of each kind.</summary>
    public static TestVariant ForFaults(long bytes) => InSplits((bytes / 4) + 1, reducers: 2);

    /// <summary>The plan as this way of running it needs it.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="found">Told what is wrong with a combiner.</param>
    public JobPlan Change(JobPlan plan, Action<string> found) => Combining switch
    {
        Combining.Never => plan.WithoutCombiner(found),
        Combining.Twice => plan.WithCombinerTwice(),
        _ => plan,
    };

    private static TestVariant InSplits(long size, int reducers) => new($"in splits of {size} bytes with {reducers} reduce tasks", size, reducers, Combining.AsUsual);
}

/// <summary>How often the combiner runs.</summary>
internal enum Combining
{
    /// <summary>On the records of each map task, and as they arrive.</summary>
    AsUsual,

    /// <summary>Never, but a fold is tried on all values.</summary>
    Never,

    /// <summary>Twice whenever it runs.</summary>
    Twice,
}
