using System.Diagnostics.CodeAnalysis;

namespace MapReduce.Serialization;

/// <summary>Tuples of three items, ordered by the first item, then by the others in turn.</summary>
/// <typeparam name="T1">Item 1.</typeparam>
/// <typeparam name="TCodec1">Its codec.</typeparam>
/// <typeparam name="T2">Item 2.</typeparam>
/// <typeparam name="TCodec2">Its codec.</typeparam>
/// <typeparam name="T3">Item 3.</typeparam>
/// <typeparam name="TCodec3">Its codec.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "Codecs are used through a type parameter, never by their own name.")]
public readonly struct TupleCodec<T1, TCodec1, T2, TCodec2, T3, TCodec3> : ICodec<(T1, T2, T3)>
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
    where TCodec3 : struct, ICodec<T3>
{
    /// <inheritdoc/>
    public static int FixedLength => TCodec1.FixedLength >= 0 && TCodec2.FixedLength >= 0 && TCodec3.FixedLength >= 0
        ? TCodec1.FixedLength + TCodec2.FixedLength + TCodec3.FixedLength
        : -1;

    /// <inheritdoc/>
    public static int MaxLength((T1, T2, T3) value) =>
        checked(TupleItem<T1, TCodec1>.MaxLength(value.Item1) + TupleItem<T2, TCodec2>.MaxLength(value.Item2) + TCodec3.MaxLength(value.Item3));

    /// <inheritdoc/>
    public static int Encode((T1, T2, T3) value, Span<byte> destination)
    {
        var length = TupleItem<T1, TCodec1>.Encode(value.Item1, destination);
        length += TupleItem<T2, TCodec2>.Encode(value.Item2, destination[length..]);
        return length + TCodec3.Encode(value.Item3, destination[length..]);
    }

    /// <inheritdoc/>
    public static (T1, T2, T3) Decode(ReadOnlySpan<byte> bytes)
    {
        var item1 = TupleItem<T1, TCodec1>.Decode(ref bytes);
        var item2 = TupleItem<T2, TCodec2>.Decode(ref bytes);
        return (item1, item2, TCodec3.Decode(bytes));
    }
}
