using System.Runtime.CompilerServices;

namespace MapReduce.Map;

/// <summary>
/// Values of at most 8 bytes travel through the batch as one word, so that <see cref="Emitter{TKey, TValue}"/> needs no type of
/// its own for each value.
/// </summary>
internal static class ValueBits
{
    /// <summary>True when values of this type fit; a constant to the JIT.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fit<TValue>()
        where TValue : allows ref struct =>
        !RuntimeHelpers.IsReferenceOrContainsReferences<TValue>() && Unsafe.SizeOf<TValue>() <= 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pack<TValue>(TValue value)
        where TValue : allows ref struct
    {
        if (Unsafe.SizeOf<TValue>() == 8) return Unsafe.As<TValue, ulong>(ref value);
        if (Unsafe.SizeOf<TValue>() == 4) return Unsafe.As<TValue, uint>(ref value);
        if (Unsafe.SizeOf<TValue>() == 2) return Unsafe.As<TValue, ushort>(ref value);
        if (Unsafe.SizeOf<TValue>() == 1) return Unsafe.As<TValue, byte>(ref value);
        ulong word = 0;
        Unsafe.WriteUnaligned(ref Unsafe.As<ulong, byte>(ref word), value);
        return word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TValue Unpack<TValue>(ulong word)
        where TValue : allows ref struct =>
        Unsafe.As<ulong, TValue>(ref word);
}
