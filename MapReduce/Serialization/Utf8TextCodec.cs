namespace MapReduce.Serialization;

/// <summary>Text as its own bytes. What is decoded is a copy.</summary>
public readonly struct Utf8TextCodec : ICodec<Utf8Text>
{
    /// <inheritdoc/>
    public static int FixedLength => -1;

    /// <inheritdoc/>
    public static int MaxLength(Utf8Text value) => value.Length;

    /// <inheritdoc/>
    public static int Encode(Utf8Text value, Span<byte> destination)
    {
        value.Span.CopyTo(destination);
        return value.Length;
    }

    /// <inheritdoc/>
    public static Utf8Text Decode(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());
}
