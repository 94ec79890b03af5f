using System.Buffers.Binary;
using MapReduce.Storage;

namespace MapReduce.Spill;

/// <summary>A run file that is complete on disk.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Segments">By partition, ascending; only partitions with records.</param>
internal sealed record RunFile(string Path, long Length, IReadOnlyList<RunSegment> Segments)
{
    /// <summary>Reads the index of a run file.</summary>
    /// <exception cref="InvalidDataException">The file is truncated or corrupt.</exception>
    public static RunFile Open(IFileSystem files, string path)
    {
        using var file = files.OpenRead(path);
        var length = file.Length;
        Span<byte> footer = stackalloc byte[RunFormat.Footer];
        if (length < RunFormat.Footer || file.Read(footer, length - RunFormat.Footer) != RunFormat.Footer
            || BinaryPrimitives.ReadUInt64LittleEndian(footer[16..]) != RunFormat.Magic)
            throw new InvalidDataException($"Run file '{path}' ({length} bytes) has no footer: it is truncated or not a run of this version.");

        var offset = BinaryPrimitives.ReadInt64LittleEndian(footer);
        var count = BinaryPrimitives.ReadInt32LittleEndian(footer[8..]);
        if (count < 0 || offset < 0 || offset + ((long)count * RunFormat.IndexEntry) + RunFormat.Footer != length)
            throw new InvalidDataException($"Run file '{path}' ({length} bytes) has an index that does not fit: {count} entries at offset {offset}.");

        var index = new byte[count * RunFormat.IndexEntry];
        if (file.Read(index, offset) != index.Length || Crc32C.Compute(index) != BinaryPrimitives.ReadUInt32LittleEndian(footer[12..]))
            throw new InvalidDataException($"Run file '{path}' is corrupt: the checksum of its index at offset {offset} does not match.");

        var segments = new RunSegment[count];
        for (var i = 0; i < count; i++) segments[i] = RunSegment.ReadFrom(index.AsSpan(i * RunFormat.IndexEntry));
        return new RunFile(path, length, segments);
    }

    /// <summary>The segment of a partition, or null when it has no records.</summary>
    public RunSegment? Find(int partition)
    {
        int low = 0, high = Segments.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = Segments[middle].Partition.CompareTo(partition);
            if (order == 0) return Segments[middle];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }
}

/// <summary>One partition's records in a run file.</summary>
internal sealed record RunSegment(int Partition, long Offset, long Length, long Records, bool IsSorted)
{
    public void WriteTo(Span<byte> entry)
    {
        BinaryPrimitives.WriteInt32LittleEndian(entry, Partition);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], IsSorted ? RunFormat.Sorted : 0);
        BinaryPrimitives.WriteInt64LittleEndian(entry[8..], Offset);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(entry[24..], Records);
    }

    public static RunSegment ReadFrom(ReadOnlySpan<byte> entry) => new(
        BinaryPrimitives.ReadInt32LittleEndian(entry),
        BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(entry[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(entry[24..]),
        (BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]) & RunFormat.Sorted) != 0);
}
