namespace MapReduce.Serialization;

/// <summary>
/// An item of a tuple that has others behind it, so that its bytes must show where they end and an item that is a prefix of
/// another must come before it. Fixed length: verbatim. Else each 00 becomes 00 FF, and 00 00 ends the item.
/// </summary>
internal static class TupleItem<T, TCodec>
    where TCodec : struct, ICodec<T>
{
    private const byte Escape = 0x00, Zero = 0xFF, End = 0x00;

    public static int MaxLength(T value) =>
        TCodec.FixedLength >= 0 ? TCodec.FixedLength : checked((TCodec.MaxLength(value) * 2) + 2);

    public static int Encode(T value, Span<byte> destination)
    {
        var length = TCodec.Encode(value, destination);
        if (TCodec.FixedLength >= 0) return length;
        var zeros = destination[..length].Count((byte)0);
        if (zeros > 0) EscapeInPlace(destination, length, zeros);
        length += zeros;
        destination[length] = Escape;
        destination[length + 1] = End;
        return length + 2;
    }

    /// <summary>Reads the item at the front of <paramref name="rest"/>, which afterwards begins behind it.</summary>
    public static T Decode(ref ReadOnlySpan<byte> rest)
    {
        var length = EncodedLength(rest, out var zeros);
        var item = rest[..length];
        rest = rest[length..];
        if (TCodec.FixedLength >= 0) return TCodec.Decode(item);
        item = item[..^2];
        return TCodec.Decode(zeros == 0 ? item : Unescape(item, zeros));
    }

    private static int EncodedLength(ReadOnlySpan<byte> rest, out int zeros)
    {
        zeros = 0;
        if (TCodec.FixedLength >= 0)
        {
            if (rest.Length < TCodec.FixedLength) Malformed.ThrowIfNot(TCodec.FixedLength, rest.Length, typeof(T));
            return TCodec.FixedLength;
        }

        for (var from = 0; ; from += 2, zeros++)
        {
            var at = rest[from..].IndexOf(Escape);
            if (at < 0 || from + at + 1 == rest.Length) Malformed.Throw(typeof(T), "its end is missing");
            from += at;
            if (rest[from + 1] == End) return from + 2;
            if (rest[from + 1] != Zero) Malformed.Throw(typeof(T), $"00 {rest[from + 1]:X2} at byte {from} is neither a zero nor the end");
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

    // An array and not the stack, because the value may refer to its bytes.
    private static byte[] Unescape(ReadOnlySpan<byte> item, int zeros)
    {
        var bytes = new byte[item.Length - zeros];
        for (int from = 0, to = 0; from < item.Length; from++, to++)
        {
            bytes[to] = item[from];
            if (item[from] == Escape) from++;
        }

        return bytes;
    }
}
