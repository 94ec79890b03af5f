using System.Buffers.Binary;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Says which reduce task a key belongs to, by its encoded bytes alone: the same everywhere and always.</summary>
internal abstract class Partitioner(int count)
{
    /// <summary>Partitions, at least 1.</summary>
    public int Count { get; } = count;

    public abstract int Of(ReadOnlySpan<byte> key);
}

/// <summary>Spreads keys evenly.</summary>
internal sealed class HashPartitioner(int count) : Partitioner(count)
{
    public override int Of(ReadOnlySpan<byte> key) => KeyHash.Partition(KeyHash.Of(key), Count);
}

/// <summary>
/// Keeps ranges of keys together: partition p has the keys from boundary p-1 on and below boundary p, so that the parts,
/// put together in order, are in order.
/// </summary>
internal sealed class RangePartitioner : Partitioner
{
    private readonly byte[][] _boundaries;

    public RangePartitioner(int count, byte[] encodedBoundaries) : base(count)
    {
        _boundaries = Decode(encodedBoundaries);
        // A sample with few distinct keys gives fewer boundaries: the partitions after the last stay empty.
        if (_boundaries.Length >= count) throw new InvalidDataException($"{_boundaries.Length} range boundaries are too many for {count} partitions.");
    }

    public override int Of(ReadOnlySpan<byte> key)
    {
        int low = 0, high = _boundaries.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (key.SequenceCompareTo(_boundaries[middle]) < 0) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>Cuts a sorted sample into ranges of equal size.</summary>
    public static byte[] Choose(IReadOnlyList<byte[]> sortedSample, int partitions)
    {
        var boundaries = new List<byte[]>();
        for (var i = 1; i < partitions && sortedSample.Count > 0; i++)
        {
            var key = sortedSample[(int)((long)sortedSample.Count * i / partitions)];
            if (boundaries.Count == 0 || key.AsSpan().SequenceCompareTo(boundaries[^1]) > 0) boundaries.Add(key);
        }

        return Encode(boundaries);
    }

    private static byte[] Encode(List<byte[]> boundaries)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var boundary in boundaries)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, boundary.Length);
            bytes.Write(length);
            bytes.Write(boundary);
        }

        return bytes.ToArray();
    }

    private static byte[][] Decode(ReadOnlySpan<byte> bytes)
    {
        var boundaries = new List<byte[]>();
        while (!bytes.IsEmpty)
        {
            var length = bytes.Length < 4 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (length is < 0 or > RecordFormat.MaxRecord || length > bytes.Length - 4) throw new InvalidDataException("The range boundaries of the step are truncated.");
            boundaries.Add(bytes.Slice(4, length).ToArray());
            bytes = bytes[(4 + length)..];
        }

        return [.. boundaries];
    }
}
