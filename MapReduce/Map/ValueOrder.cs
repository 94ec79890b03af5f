using MapReduce.Serialization;

namespace MapReduce.Map;

/// <summary>
/// What the values of a key are sorted by. Its bytes follow those of the key in the bytes by which records are sorted; the
/// partition and the group are the key's alone. Without state: one serves all attempts.
/// </summary>
internal abstract class ValueOrder<TValue>
    where TValue : allows ref struct
{
    /// <summary>True when a value is sorted by itself, so that its bytes need not be kept twice.</summary>
    public abstract bool HoldsValue { get; }

    public abstract int MaxLength(TValue value);

    public abstract int Encode(TValue value, Span<byte> to);
}

/// <summary>Sorts values by themselves.</summary>
internal sealed class WholeValueOrder<TValue, TValueCodec> : ValueOrder<TValue>
    where TValue : allows ref struct
    where TValueCodec : struct, ICodec<TValue>
{
    public override bool HoldsValue => true;

    public override int MaxLength(TValue value) => TValueCodec.MaxLength(value);

    public override int Encode(TValue value, Span<byte> to) => TValueCodec.Encode(value, to);
}

/// <summary>Sorts values by what a function makes of them.</summary>
internal sealed class SelectedValueOrder<TValue, TSort, TSortCodec>(Func<TValue, TSort> by) : ValueOrder<TValue>
    where TValue : allows ref struct
    where TSortCodec : struct, ICodec<TSort>
{
    public override bool HoldsValue => false;

    public override int MaxLength(TValue value) => TSortCodec.FixedLength >= 0 ? TSortCodec.FixedLength : TSortCodec.MaxLength(by(value));

    public override int Encode(TValue value, Span<byte> to) => TSortCodec.Encode(by(value), to);
}

/// <summary>Finds the codec of what values are sorted by.</summary>
internal static class ValueOrder
{
    /// <exception cref="NotSupportedException">The value is of a type without a codec.</exception>
    public static ValueOrder<TValue> Whole<TValue>()
        where TValue : allows ref struct =>
        Codec.For<TValue>().Accept(new WholeVisitor<TValue>());

    /// <exception cref="NotSupportedException">What the values are sorted by is of a type without a codec.</exception>
    public static ValueOrder<TValue> By<TValue, TSort>(Func<TValue, TSort> by)
        where TValue : allows ref struct =>
        Codec.For<TSort>().Accept(new SelectedVisitor<TValue, TSort>(by));

    private sealed class WholeVisitor<TValue> : ICodecVisitor<TValue, ValueOrder<TValue>>
        where TValue : allows ref struct
    {
        public ValueOrder<TValue> Visit<TCodec>()
            where TCodec : struct, ICodec<TValue> => new WholeValueOrder<TValue, TCodec>();
    }

    private sealed class SelectedVisitor<TValue, TSort>(Func<TValue, TSort> by) : ICodecVisitor<TSort, ValueOrder<TValue>>
        where TValue : allows ref struct
    {
        public ValueOrder<TValue> Visit<TCodec>()
            where TCodec : struct, ICodec<TSort> => new SelectedValueOrder<TValue, TSort, TCodec>(by);
    }
}
