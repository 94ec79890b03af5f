namespace MapReduce.Serialization;

/// <summary>
/// Turns values of a type into bytes and back. The order of the bytes (memcmp) is the order of the values, so that sort,
/// merge and grouping work on bytes alone. Implemented by structs, whose static members the JIT specialises.
/// </summary>
/// <typeparam name="T">The type; may be a ref struct such as <see cref="ReadOnlySpan{T}"/>.</typeparam>
public interface ICodec<T>
    where T : allows ref struct
{
    /// <summary>Bytes of every encoded value, or -1 when they vary.</summary>
    static abstract int FixedLength { get; }

    /// <summary>At most so many bytes does <see cref="Encode"/> write for this value.</summary>
    static abstract int MaxLength(T value);

    /// <summary>Writes the value's bytes.</summary>
    /// <param name="value">The value.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    static abstract int Encode(T value, Span<byte> destination);

    /// <summary>Reads a value from exactly the bytes that <see cref="Encode"/> wrote. The value may refer to them.</summary>
    /// <exception cref="FormatException">The bytes are not an encoded value.</exception>
    static abstract T Decode(ReadOnlySpan<byte> bytes);
}
