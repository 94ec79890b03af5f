using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MapReduce.Map;

/// <summary>
/// An entry of the fold table, and of the batch before it: half a cache line. A key of at most 16 bytes stands in
/// <see cref="A"/> and <see cref="B"/>, zero padded; a longer one has its hash in A and its place in the arena in B.
/// </summary>
internal struct KeySlot
{
    public ulong A, B;

    /// <summary>High half: the hash's high 32 bits. Low half: the key's length plus one; 0 means that the slot is free.</summary>
    public ulong Meta;

    public ulong Value;

    public readonly int KeyLength => (int)(uint)Meta - 1;
}

/// <summary>
/// The hash of a key: the same on every machine, in every process, in every version that can read each other's runs, for it
/// decides the partition. Keys are read as little-endian words.
/// </summary>
internal static unsafe class KeyHash
{
    public const int InlineLength = 16;
    private const int PageSize = 4096;

    private static ReadOnlySpan<byte> Keep =>
        [255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>The first <paramref name="length"/> (at most 16) bytes, zero padded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(ref byte key, nuint length)
    {
        // A load that stays within its page cannot fault, whatever stands behind the key. A page's first byte counts as its last one:
        // the empty span is a null reference.
        if ((((nuint)Unsafe.AsPointer(ref key) - 1) & (PageSize - 1)) < PageSize - InlineLength)
            return Vector128.LoadUnsafe(ref key) & Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Keep), InlineLength - length);
        return LoadAtPageEnd(ref key, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<byte> LoadAtPageEnd(ref byte key, nuint length)
    {
        Vector128<byte> bytes = default;
        if (length != 0) Unsafe.CopyBlockUnaligned(ref Unsafe.As<Vector128<byte>, byte>(ref bytes), ref key, (uint)length);
        return bytes;
    }

    /// <summary>The hash of a key of at most 16 bytes; its high half is the better one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Short(ulong a, ulong b)
    {
        var mixed = (a * 0x9E3779B97F4A7C15UL) ^ BitOperations.RotateLeft(b * 0xC2B2AE3D27D4EB4FUL, 32);
        mixed ^= mixed >> 32;
        return mixed * 0xD6E8FEB86659FD93UL;
    }

    /// <summary>The hash of a key of more than 16 bytes.</summary>
    public static ulong Long(ReadOnlySpan<byte> key)
    {
        var hash = (ulong)key.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(key);
        foreach (var word in words)
        {
            hash = (hash ^ word) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 32;
        }

        hash = (hash ^ MemoryMarshal.Read<ulong>(key[^8..])) * 0xD6E8FEB86659FD93UL;
        return hash ^ (hash >> 32) ^ (hash << 32);
    }

    /// <summary>The hash of any key, as <see cref="Short"/> and <see cref="Long"/> give it.</summary>
    public static ulong Of(ReadOnlySpan<byte> key)
    {
        if (key.Length > InlineLength) return Long(key);
        var bytes = Load(ref MemoryMarshal.GetReference(key), (nuint)key.Length).AsUInt64();
        return Short(bytes.GetElement(0), bytes.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Meta(ulong hash, nuint length) => (hash & 0xFFFFFFFF00000000UL) | (uint)(length + 1);

    /// <summary>The partition of a hash, from its high bits: the table's index takes the low ones of the same half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Partition(ulong hashOrMeta, int partitions) => (int)(((hashOrMeta >> 32) * (ulong)(uint)partitions) >> 32);
}
