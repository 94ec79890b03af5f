namespace MapReduce.Input;

/// <summary>Chooses what a sampling task reads: small ranges spread evenly over the whole input.</summary>
internal static class SampleProbes
{
    private const int Count = 64;
    private const int ProbeLength = 64 << 10;

    /// <summary>
    /// At most 64 ranges of 64 KiB. The input's start is always among them, so that even a small input is sampled; a compressed file
    /// can be read only from its start, and is cut off by the caller's mapper reading what the range gives.
    /// </summary>
    public static IReadOnlyList<InputSplit> Choose(IReadOnlyList<InputSplit> splits)
    {
        var ranges = splits.SelectMany(split => split.Pieces).Where(piece => piece.Length > 0).ToList();
        var total = ranges.Sum(range => range.Length);
        var probes = new List<InputSplit>();
        var next = 0L;
        var step = Math.Max(1, total / Count);
        long before = 0;
        foreach (var range in ranges)
        {
            for (; next < before + range.Length; next += Math.Max(step, ProbeLength))
            {
                var probe = Compression.IsCompressed(range.Path) ? range : Cut(range, next - before);
                probes.Add(new InputSplit([probe]));
                if (probe == range) next = before + range.Length;
            }

            before += range.Length;
        }

        return probes;
    }

    private static FileRange Cut(FileRange range, long start) =>
        range with { Offset = range.Offset + start, Length = Math.Min(ProbeLength, range.Length - start) };
}
