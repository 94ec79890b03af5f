using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MapReduce.Storage;

/// <summary>CRC-32C (Castagnoli, as in iSCSI, RFC 3720), with the processor's instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of the bytes; pass an earlier result to go on from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Compute(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var crc = ~seed;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var one in bytes[(words.Length * 8)..]) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
