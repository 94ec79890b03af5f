namespace MapReduce.Serialization;

/// <summary>One byte: 0 for false, 1 for true.</summary>
public readonly struct BooleanCodec : ICodec<bool>
{
    /// <inheritdoc/>
    public static int FixedLength => 1;

    /// <inheritdoc/>
    public static int MaxLength(bool value) => 1;

    /// <inheritdoc/>
    public static int Encode(bool value, Span<byte> destination)
    {
        destination[0] = value ? (byte)1 : (byte)0;
        return 1;
    }

    /// <inheritdoc/>
    public static bool Decode(ReadOnlySpan<byte> bytes)
    {
        Malformed.ThrowIfNot(1, bytes.Length, typeof(bool));
        if (bytes[0] > 1) Malformed.Throw(typeof(bool), $"the byte is {bytes[0]}, not 0 or 1");
        return bytes[0] == 1;
    }
}
