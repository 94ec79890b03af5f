namespace MapReduce.Testing;

/// <summary>One way to run a job, all of which must give one output.</summary>
/// <param name="Name">For a message: <c>in splits of 7 bytes</c>.</param>
/// <param name="SplitSize">Bytes of a split.</param>
/// <param name="Reducers">Reduce tasks.</param>
/// <param name="Combines">False: the combiner never runs.</param>
internal sealed record TestVariant(string Name, long SplitSize, int Reducers, bool Combines)
{
    // Each split is an attempt with files of its own.
    private const long MostSplits = 40;

    /// <summary>The input in one piece, one reduce task.</summary>
    public static TestVariant Plain { get; } = new("in one piece", long.MaxValue, 1, Combines: true);

    /// <summary>
    /// The others. Splits of one byte, where the input is short, begin at each place where one can; each of their runs is combined
    /// apart and again when it arrives.
    /// </summary>
    public static IEnumerable<TestVariant> Others(long bytes)
    {
        yield return new("when the combiner never runs", long.MaxValue, 1, Combines: false);
        var least = Math.Max(1, (bytes + MostSplits - 1) / MostSplits);
        yield return InSplits(least, reducers: 1);
        yield return InSplits((bytes / 2) + 1, reducers: 2);
        yield return InSplits((bytes / 3) + 1, reducers: 3) with { Combines = false };
    }

    /// <summary>A few attempts of each kind.</summary>
    public static TestVariant ForFaults(long bytes) => InSplits((bytes / 4) + 1, reducers: 2);

    private static TestVariant InSplits(long size, int reducers) => new($"in splits of {size} bytes with {reducers} reduce tasks", size, reducers, Combines: true);
}
