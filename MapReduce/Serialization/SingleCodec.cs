namespace MapReduce.Serialization;

/// <summary>Floats in their total order, exactly as <see cref="DoubleCodec"/> orders doubles.</summary>
public readonly struct SingleCodec : ICodec<float>
{
    /// <inheritdoc/>
    public static int FixedLength => sizeof(float);

    /// <inheritdoc/>
    public static int MaxLength(float value) => sizeof(float);

    /// <inheritdoc/>
    public static int Encode(float value, Span<byte> destination)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        return IntegerCodec<int>.Encode(Ordered(bits), destination);
    }

    /// <inheritdoc/>
    public static float Decode(ReadOnlySpan<byte> bytes)
    {
        Malformed.ThrowIfNot(sizeof(float), bytes.Length, typeof(float));
        return BitConverter.Int32BitsToSingle(Ordered(IntegerCodec<int>.Decode(bytes)));
    }

    // Sign and magnitude to two's complement, and back.
    private static int Ordered(int bits) => bits ^ ((bits >> 31) & int.MaxValue);
}
