using System.Diagnostics.CodeAnalysis;

namespace MapReduce.Serialization;

/// <summary>Tuples of two items, ordered by the first item, then by the second.</summary>
/// <remarks>
/// An item of varying length is escaped and ended by 00 00, so that ("a", "bc") and ("ab", "c") differ and ("a", x) comes
/// before ("a\0", y). The last item needs neither: it ends with the bytes.
/// </remarks>
/// <typeparam name="T1">Item 1.</typeparam>
/// <typeparam name="TCodec1">Its codec.</typeparam>
/// <typeparam name="T2">Item 2.</typeparam>
/// <typeparam name="TCodec2">Its codec.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "Codecs are used through a type parameter, never by their own name.")]
public readonly struct TupleCodec<T1, TCodec1, T2, TCodec2> : ICodec<(T1, T2)>
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
{
    /// <inheritdoc/>
    public static int FixedLength => TCodec1.FixedLength >= 0 && TCodec2.FixedLength >= 0
        ? TCodec1.FixedLength + TCodec2.FixedLength
        : -1;

    /// <inheritdoc/>
    public static int MaxLength((T1, T2) value) =>
        checked(TupleItem<T1, TCodec1>.MaxLength(value.Item1) + TCodec2.MaxLength(value.Item2));

    /// <inheritdoc/>
    public static int Encode((T1, T2) value, Span<byte> destination)
    {
        var length = TupleItem<T1, TCodec1>.Encode(value.Item1, destination);
        return length + TCodec2.Encode(value.Item2, destination[length..]);
    }

    /// <inheritdoc/>
    public static (T1, T2) Decode(ReadOnlySpan<byte> bytes)
    {
        var item1 = TupleItem<T1, TCodec1>.Decode(ref bytes);
        return (item1, TCodec2.Decode(bytes));
    }
}
