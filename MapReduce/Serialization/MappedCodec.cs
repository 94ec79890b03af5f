namespace MapReduce.Serialization;

/// <summary>Turns values into those of a type that has a codec, in the same order, and back.</summary>
internal interface IMapping<T, TOther>
{
    static abstract TOther To(T value);

    static abstract T From(TOther other);
}

/// <summary>Encodes values as those that a mapping makes of them.</summary>
internal readonly struct MappedCodec<T, TOther, TOtherCodec, TMapping> : ICodec<T>
    where TOtherCodec : struct, ICodec<TOther>
    where TMapping : struct, IMapping<T, TOther>
{
    public static int FixedLength => TOtherCodec.FixedLength;

    public static int MaxLength(T value) => TOtherCodec.FixedLength >= 0 ? TOtherCodec.FixedLength : TOtherCodec.MaxLength(TMapping.To(value));

    public static int Encode(T value, Span<byte> destination) => TOtherCodec.Encode(TMapping.To(value), destination);

    public static T Decode(ReadOnlySpan<byte> bytes) => TMapping.From(TOtherCodec.Decode(bytes));
}
