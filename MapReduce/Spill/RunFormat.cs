namespace MapReduce.Spill;

/// <summary>
/// A run file: for each partition that has records, one segment; at the end the index. A segment is a sequence of blocks, each
/// a header (payload bytes, records, CRC-32C of both words and the payload) and whole records. The index has an entry for each segment
/// (partition, flags, offset, bytes, records), and the file ends with a footer: index offset, entries, CRC-32C of the index, magic.
/// All numbers are little-endian.
/// </summary>
internal static class RunFormat
{
    public const int BlockHeader = 12;
    public const int IndexEntry = 32;
    public const int Footer = 24;

    /// <summary>"MRun", version 1.</summary>
    public const ulong Magic = 0x0000_0001_6E75_524D;

    /// <summary>Flag of an index entry: the segment's records ascend by key.</summary>
    public const uint Sorted = 1;

    /// <summary>Blocks that suit a task's memory: large enough for sequential I/O, small enough that a merge holds many.</summary>
    public static int BlockSize(long memory) => (int)Math.Clamp(memory / 256, 64 << 10, 256 << 10);

    /// <summary>Runs that one merge may read at a time: their blocks take at most half of the task's memory.</summary>
    public static int FanIn(long memory) => (int)Math.Clamp(memory / 2 / BlockSize(memory), 4, 128);
}
