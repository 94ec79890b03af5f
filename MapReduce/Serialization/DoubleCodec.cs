namespace MapReduce.Serialization;

/// <summary>
/// Doubles in their total order (IEEE 754): -NaN, -infinity, ..., -0, +0, ..., +infinity, +NaN.
/// Every bit comes back, those of a NaN too.
/// </summary>
public readonly struct DoubleCodec : ICodec<double>
{
    /// <inheritdoc/>
    public static int FixedLength => sizeof(double);

    /// <inheritdoc/>
    public static int MaxLength(double value) => sizeof(double);

    /// <inheritdoc/>
    public static int Encode(double value, Span<byte> destination)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return IntegerCodec<long>.Encode(Ordered(bits), destination);
    }

    /// <inheritdoc/>
    public static double Decode(ReadOnlySpan<byte> bytes)
    {
        Malformed.ThrowIfNot(sizeof(double), bytes.Length, typeof(double));
        return BitConverter.Int64BitsToDouble(Ordered(IntegerCodec<long>.Decode(bytes)));
    }

    // Sign and magnitude to two's complement, and back: a negative number is the smaller the greater its magnitude.
    private static long Ordered(long bits) => bits ^ ((bits >> 63) & long.MaxValue);
}
