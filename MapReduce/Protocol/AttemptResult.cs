using MapReduce.Counters;

namespace MapReduce.Protocol;

/// <summary>What a completed attempt leaves behind.</summary>
public sealed record AttemptResult
{
    /// <summary>Bytes of the map output, or of all files of a task that writes output.</summary>
    public long Bytes { get; init; }

    /// <summary>The files that the attempt wrote into its folder of the output: its part, and what it wrote beside it.</summary>
    public IReadOnlyList<OutputFile> Files { get; init; } = [];

    /// <summary>The range boundaries, from a sampling task; null otherwise.</summary>
    public byte[]? Boundaries { get; init; }

    /// <summary>The attempt's trace span, so that the attempts which read its output can link to it; 0 when it is not traced.</summary>
    public ulong SpanId { get; init; }

    /// <summary>The attempt's counters; they count only if the attempt wins.</summary>
    public required CounterSet Counters { get; init; }
}

/// <summary>A file of an attempt's output.</summary>
/// <param name="Name">Its name in the output directory: <c>part-r-00000</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Records">Records (lines, for text); 0 for a file that was written byte by byte.</param>
/// <param name="Crc32C">CRC-32C of the content.</param>
public sealed record OutputFile(string Name, long Length, long Records, uint Crc32C);

/// <summary>An attempt that has ended well, as it is reported.</summary>
/// <param name="Lease">The attempt.</param>
/// <param name="Result">What it leaves behind.</param>
public sealed record CompletedAttempt(LeaseRef Lease, AttemptResult Result);
