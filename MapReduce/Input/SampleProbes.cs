namespace MapReduce.Input;

/// <summary>Chooses what a sampling task reads: small ranges spread evenly over the whole input.</summary>
internal static class SampleProbes
{
    private const int Count = 64;
    private const int ProbeLength = 64 << 10;

    /// <summary>
    /// About 64 ranges of 64 KiB, or all of an input that is no more than that. A file that can be read only from its start is
    /// sampled there: its share is as much of the beginning of its content, or, of what a step left, as many blocks spread over it.
    /// </summary>
    public static InputSplit Choose(IReadOnlyList<InputSplit> splits)
    {
        var ranges = splits.SelectMany(split => split.Pieces).Where(piece => piece.Length > 0).ToList();
        var total = ranges.Sum(range => range.Length);
        if (total <= Count * ProbeLength) return new InputSplit(ranges);
        var probes = new List<FileRange>();
        var next = 0L;
        var step = total / Count;
        long before = 0;
        foreach (var range in ranges)
        {
            var isWhole = range.IsWhole;
            var count = 0;
            for (; next < before + range.Length; next += step, count++)
            {
                if (!isWhole) probes.Add(Cut(range, next - before, ProbeLength));
            }

            if (isWhole && count > 0) probes.Add(Cut(range, 0, count * ProbeLength));
            before += range.Length;
        }

        return new InputSplit(probes);
    }

    private static FileRange Cut(FileRange range, long start, int length) =>
        range with { Offset = range.Offset + start, Length = Math.Min(length, range.Length - start) };
}
