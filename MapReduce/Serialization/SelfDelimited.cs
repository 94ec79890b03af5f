namespace MapReduce.Serialization;

/// <summary>
/// Bytes that show where they end, in the order of the bytes as they were: each 00 becomes 00 FF, and 00 00 is the end, so that what
/// is a prefix of another comes before it.
/// </summary>
internal static class SelfDelimited
{
    public const int EndLength = 2;
    private const byte Escape = 0x00, Zero = 0xFF, End = 0x00;

    public static int MaxLength(int length) => checked((length * 2) + EndLength);

    /// <summary>Escapes bytes where they lie and ends them.</summary>
    /// <returns>How many they are now.</returns>
    public static int Encode(Span<byte> bytes, int length)
    {
        var zeros = bytes[..length].Count(Escape);
        if (zeros > 0) EscapeInPlace(bytes, length, zeros);
        length += zeros;
        bytes[length] = Escape;
        bytes[length + 1] = End;
        return length + EndLength;
    }

    /// <summary>How many bytes there are at the front, with their end, and how many of them are escaped zeros.</summary>
    public static int Length(ReadOnlySpan<byte> bytes, Type type, out int zeros)
    {
        zeros = 0;
        for (var from = 0; ; from += 2, zeros++)
        {
            var at = bytes[from..].IndexOf(Escape);
            if (at < 0 || from + at + 1 == bytes.Length) Malformed.Throw(type, "its end is missing");
            from += at;
            if (bytes[from + 1] == End) return from + EndLength;
            if (bytes[from + 1] != Zero) Malformed.Throw(type, $"00 {bytes[from + 1]:X2} at byte {from} is neither a zero nor the end");
        }
    }

    /// <summary>Gives the bytes as they were.</summary>
    /// <param name="escaped">The bytes without their end.</param>
    /// <param name="to">Room for them, less a byte for each zero.</param>
    public static void Unescape(ReadOnlySpan<byte> escaped, Span<byte> to)
    {
        for (int from = 0, at = 0; from < escaped.Length; from++, at++)
        {
            to[at] = escaped[from];
            if (escaped[from] == Escape) from++;
        }
    }

    // From the back, so that no byte is overwritten before it has moved.
    private static void EscapeInPlace(Span<byte> bytes, int length, int zeros)
    {
        var to = length + zeros;
        for (var from = length - 1; to > from + 1; from--)
        {
            if (bytes[from] == 0) bytes[--to] = Zero;
            bytes[--to] = bytes[from];
        }
    }
}
