namespace MapReduce.Serialization;

/// <summary>Bytes as they are, ordered as unsigned bytes; a decoded array is a copy. Null is refused.</summary>
public readonly struct ByteArrayCodec : ICodec<byte[]>
{
    /// <inheritdoc/>
    public static int FixedLength => -1;

    /// <inheritdoc/>
    public static int MaxLength(byte[] value)
    {
        Absent.ThrowIfNull(value);
        return value.Length;
    }

    /// <inheritdoc/>
    public static int Encode(byte[] value, Span<byte> destination)
    {
        Absent.ThrowIfNull(value);
        value.CopyTo(destination);
        return value.Length;
    }

    /// <inheritdoc/>
    public static byte[] Decode(ReadOnlySpan<byte> bytes) => bytes.ToArray();
}
