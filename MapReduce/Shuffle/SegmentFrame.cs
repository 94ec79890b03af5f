using System.Buffers.Binary;
using System.Text;
using MapReduce.Storage;

namespace MapReduce.Shuffle;

/// <summary>What a worker answers for one map output.</summary>
internal enum SegmentState : byte
{
    /// <summary>The segment follows; of no bytes when the partition has no records.</summary>
    Found,

    /// <summary>This worker does not have the output.</summary>
    Gone,

    /// <summary>The output's own index is damaged.</summary>
    Corrupt,
}

/// <summary>
/// What stands before each segment of an answer: map, state, flags, token length (4, 1, 1, 2 bytes), bytes and records
/// (8, 8), CRC-32C of all that and the token (4), then the token. Little-endian. The segment itself is checked by the
/// checksums that the map attempt wrote into its blocks, so they cover both disks and the way between.
/// </summary>
internal readonly record struct SegmentFrame(int Map, string Token, SegmentState State, bool IsSorted, long Length, long Records)
{
    /// <summary>Bytes before the token.</summary>
    public const int FixedLength = 28;

    private const int CrcAt = 24;

    /// <summary>Bytes of the whole frame, without the segment.</summary>
    public int HeaderLength => FixedLength + Encoding.UTF8.GetByteCount(Token);

    public void WriteTo(Span<byte> to)
    {
        var tokenLength = Encoding.UTF8.GetBytes(Token, to[FixedLength..]);
        BinaryPrimitives.WriteInt32LittleEndian(to, Map);
        to[4] = (byte)State;
        to[5] = IsSorted ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(to[6..], (ushort)tokenLength);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], Records);
        BinaryPrimitives.WriteUInt32LittleEndian(to[CrcAt..], Crc(to[..(FixedLength + tokenLength)]));
    }

    /// <summary>Bytes of the token of the frame that begins here.</summary>
    public static int TokenLength(ReadOnlySpan<byte> start) => BinaryPrimitives.ReadUInt16LittleEndian(start[6..]);

    /// <exception cref="InvalidDataException">The checksum does not match.</exception>
    public static SegmentFrame ReadFrom(ReadOnlySpan<byte> frame)
    {
        if (Crc(frame) != BinaryPrimitives.ReadUInt32LittleEndian(frame[CrcAt..])) throw new InvalidDataException("the checksum of a segment's frame does not match");
        return new SegmentFrame(
            BinaryPrimitives.ReadInt32LittleEndian(frame),
            Encoding.UTF8.GetString(frame[FixedLength..]),
            (SegmentState)frame[4],
            frame[5] != 0,
            BinaryPrimitives.ReadInt64LittleEndian(frame[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(frame[16..]));
    }

    private static uint Crc(ReadOnlySpan<byte> frame) => Crc32C.Compute(frame[FixedLength..], Crc32C.Compute(frame[..CrcAt]));
}
