using System.Buffers.Binary;
using MapReduce.Storage;

namespace MapReduce.Chain;

/// <summary>
/// The records that a step leaves for the next one lie in a file of blocks: a header (payload bytes, and the CRC-32C of these four
/// bytes and the payload, both little-endian), then whole records as in a run. That the file ends where it should is known from its length.
/// </summary>
internal static class ChainBlock
{
    public const int Header = 8, UsualSize = 64 << 10;

    /// <summary>Completes a block, whose payload is in place.</summary>
    public static void Seal(Span<byte> block)
    {
        BinaryPrimitives.WriteInt32LittleEndian(block, block.Length - Header);
        BinaryPrimitives.WriteUInt32LittleEndian(block[4..], Sum(block));
    }

    public static int PayloadOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header);

    public static bool IsIntact(ReadOnlySpan<byte> block) => BinaryPrimitives.ReadUInt32LittleEndian(block[4..]) == Sum(block);

    private static uint Sum(ReadOnlySpan<byte> block) => Crc32C.Compute(block[Header..], Crc32C.Compute(block[..4]));
}
