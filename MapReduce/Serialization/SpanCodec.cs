namespace MapReduce.Serialization;

/// <summary>Bytes as they are, ordered as unsigned bytes; a decoded span refers to the encoded bytes and copies nothing.</summary>
public readonly struct SpanCodec : ICodec<ReadOnlySpan<byte>>
{
    /// <inheritdoc/>
    public static int FixedLength => -1;

    /// <inheritdoc/>
    public static int MaxLength(ReadOnlySpan<byte> value) => value.Length;

    /// <inheritdoc/>
    public static int Encode(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        value.CopyTo(destination);
        return value.Length;
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> bytes) => bytes;
}
