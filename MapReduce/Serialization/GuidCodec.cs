namespace MapReduce.Serialization;

/// <summary>GUIDs as 16 bytes in the order in which they are written, which is the order of <see cref="Guid.CompareTo(Guid)"/>.</summary>
public readonly struct GuidCodec : ICodec<Guid>
{
    private const int Length = 16;

    /// <inheritdoc/>
    public static int FixedLength => Length;

    /// <inheritdoc/>
    public static int MaxLength(Guid value) => Length;

    /// <inheritdoc/>
    public static int Encode(Guid value, Span<byte> destination)
    {
        value.TryWriteBytes(destination, bigEndian: true, out var written);
        return written;
    }

    /// <inheritdoc/>
    public static Guid Decode(ReadOnlySpan<byte> bytes)
    {
        Malformed.ThrowIfNot(Length, bytes.Length, typeof(Guid));
        return new Guid(bytes, bigEndian: true);
    }
}
