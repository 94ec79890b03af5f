using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MapReduce;

/// <summary>Finds ASCII white space (space, TAB, LF, VT, FF, CR) 64 bytes at a time.</summary>
internal static unsafe class WhiteSpace
{
    private const int PageSize = 4096;

    /// <summary>
    /// Bit i is set where byte i is white space. With fewer than 64 bytes left the bit after the last is set, too (the end
    /// of the text ends a word), and none above it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mask64(ref byte start, int left) => left >= 64 ? Mask(ref start) : MaskOfRest(ref start, left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(ref byte start)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref start);
            return (Vector512.Equals(bytes, Vector512.Create((byte)' '))
                | Vector512.LessThan(bytes - Vector512.Create((byte)9), Vector512.Create((byte)5))).ExtractMostSignificantBits();
        }

        return Half(ref start) | ((ulong)Half(ref Unsafe.Add(ref start, 32)) << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Half(ref byte start)
    {
        var bytes = Vector256.LoadUnsafe(ref start);
        return (Vector256.Equals(bytes, Vector256.Create((byte)' '))
            | Vector256.LessThan(bytes - Vector256.Create((byte)9), Vector256.Create((byte)5))).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MaskOfRest(ref byte start, int left)
    {
        var end = 1UL << left;
        if (left == 0) return 1;
        // Memory is mapped by the page: a load that stays within the page of its first byte cannot fault.
        if (((nuint)Unsafe.AsPointer(ref start) & (PageSize - 1)) <= PageSize - 64) return (Mask(ref start) & (end - 1)) | end;
        return MaskAtPageEnd(ref start, left);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong MaskAtPageEnd(ref byte start, int left)
    {
        Span<byte> copy = stackalloc byte[64];
        MemoryMarshal.CreateSpan(ref start, left).CopyTo(copy);
        var end = 1UL << left;
        return (Mask(ref copy[0]) & (end - 1)) | end;
    }
}
