namespace MapReduce.Input;

/// <summary>A file to be read.</summary>
/// <param name="Path">The absolute path by which it was reached.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedTicks">Last write, UTC ticks of 100 ns.</param>
internal sealed record InputFile(string Path, long Length, long ModifiedTicks)
{
    /// <summary>False for a compressed file, which can be read from its start only.</summary>
    public bool CanSplit => !Compression.IsCompressed(Path);
}
