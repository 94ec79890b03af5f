namespace MapReduce.Input;

/// <summary>
/// Cuts files, laid end to end in their order, into splits of equal length: the length is chosen anew for what is left after
/// each split, so that there is no small rest and a file that stays whole upsets only its neighbours.
/// </summary>
internal sealed class SplitCutter
{
    private readonly long _splitSize;
    private readonly List<InputSplit> _splits = [];
    private readonly List<FileRange> _pieces = [];
    private long _rest, _target, _filled;

    private SplitCutter(long totalBytes, long splitSize)
    {
        (_splitSize, _rest) = (splitSize, totalBytes);
        Aim();
    }

    /// <summary>
    /// The splits, or null when there would be more than <paramref name="maxSplits"/>. Every file is in at least one of them,
    /// an empty one as an empty piece, so that the reader notices if it has grown; and so there is always a split.
    /// </summary>
    public static IReadOnlyList<InputSplit>? Cut(IReadOnlyList<InputFile> files, long splitSize, long maxSplits)
    {
        var whole = files.Where(file => !file.IsWhole).Sum(file => file.Length);
        // Known before any is made: they might not fit into memory.
        if (SplitSize.CeilingDivide(whole, splitSize) > maxSplits) return null;
        var cutter = new SplitCutter(files.Sum(file => file.Length), splitSize);
        foreach (var file in files) cutter.Add(file);
        cutter.Close();
        return cutter._splits.Count > maxSplits ? null : cutter._splits;
    }

    private void Add(InputFile file)
    {
        if (file.Length == 0 || file.IsWhole)
        {
            // Where the file is cut off from its neighbours, the cut nearer to the target is the better one.
            if (file.Length > 0 && _filled > 0 && _filled + (file.Length / 2) > _target) Close();
            Take(file, 0, file.Length);
            return;
        }

        for (long offset = 0, taken; offset < file.Length; offset += taken)
        {
            if (_filled >= _target) Close();
            taken = Math.Min(file.Length - offset, _target - _filled);
            Take(file, offset, taken);
        }
    }

    private void Take(InputFile file, long offset, long length)
    {
        _pieces.Add(new FileRange(file.Path, offset, length, file.Length, file.ModifiedTicks, file.Source, file.IsWhole));
        _filled += length;
    }

    private void Close()
    {
        if (_pieces.Count == 0) return;
        _splits.Add(new InputSplit(_pieces.ToArray()));
        _pieces.Clear();
        _rest -= _filled;
        _filled = 0;
        Aim();
    }

    private void Aim() => _target = SplitSize.CeilingDivide(_rest, Math.Max(1, SplitSize.CeilingDivide(_rest, _splitSize)));
}
