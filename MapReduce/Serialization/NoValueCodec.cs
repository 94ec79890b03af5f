namespace MapReduce.Serialization;

/// <summary>No bytes at all; all values are equal.</summary>
public readonly struct NoValueCodec : ICodec<NoValue>
{
    /// <inheritdoc/>
    public static int FixedLength => 0;

    /// <inheritdoc/>
    public static int MaxLength(NoValue value) => 0;

    /// <inheritdoc/>
    public static int Encode(NoValue value, Span<byte> destination) => 0;

    /// <inheritdoc/>
    public static NoValue Decode(ReadOnlySpan<byte> bytes)
    {
        Malformed.ThrowIfNot(0, bytes.Length, typeof(NoValue));
        return default;
    }
}
