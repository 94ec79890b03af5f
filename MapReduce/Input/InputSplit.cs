namespace MapReduce.Input;

/// <summary>The input of one map task: one range of one file, or several small files together.</summary>
/// <param name="Pieces">At least one; read in this order.</param>
public sealed record InputSplit(IReadOnlyList<FileRange> Pieces)
{
    /// <summary>Bytes on disk, all pieces together.</summary>
    public long Length => Pieces.Sum(piece => piece.Length);
}

/// <summary>
/// A range of bytes of an input file. The records that begin in it belong to it: a line that begins before its end is read
/// to the line's end, and one that began before its start is skipped.
/// </summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Bytes; a file that cannot be cut is always one range from 0 to its end.</param>
/// <param name="FileLength">The file's length when the job was planned; another length at read time fails the job.</param>
/// <param name="ModifiedTicks">The file's last write when the job was planned, UTC ticks of 100 ns; another at read time fails the job.</param>
/// <param name="Source">The input of the plan that reads it, from 0.</param>
/// <param name="IsWhole">True for a file that can be read from its start only: compressed, or of a format or an encoding that is not cut.</param>
public sealed record FileRange(string Path, long Offset, long Length, long FileLength, long ModifiedTicks, int Source = 0, bool IsWhole = false);
