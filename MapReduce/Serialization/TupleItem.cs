namespace MapReduce.Serialization;

/// <summary>
/// An item of a tuple that has others behind it, so that its bytes must show where they end and an item that is a prefix of
/// another must come before it. Fixed length: verbatim. Else <see cref="SelfDelimited"/>.
/// </summary>
internal static class TupleItem<T, TCodec>
    where TCodec : struct, ICodec<T>
{
    public static int MaxLength(T value) =>
        TCodec.FixedLength >= 0 ? TCodec.FixedLength : SelfDelimited.MaxLength(TCodec.MaxLength(value));

    public static int Encode(T value, Span<byte> destination)
    {
        var length = TCodec.Encode(value, destination);
        return TCodec.FixedLength >= 0 ? length : SelfDelimited.Encode(destination, length);
    }

    /// <summary>Reads the item at the front of <paramref name="rest"/>, which afterwards begins behind it.</summary>
    public static T Decode(ref ReadOnlySpan<byte> rest)
    {
        if (TCodec.FixedLength >= 0)
        {
            if (rest.Length < TCodec.FixedLength) Malformed.ThrowIfNot(TCodec.FixedLength, rest.Length, typeof(T));
            var whole = rest[..TCodec.FixedLength];
            rest = rest[TCodec.FixedLength..];
            return TCodec.Decode(whole);
        }

        var length = SelfDelimited.Length(rest, typeof(T), out var zeros);
        var item = rest[..(length - SelfDelimited.EndLength)];
        rest = rest[length..];
        return TCodec.Decode(zeros == 0 ? item : Unescape(item, zeros));
    }

    // An array and not the stack, because the value may refer to its bytes.
    private static byte[] Unescape(ReadOnlySpan<byte> item, int zeros)
    {
        var bytes = new byte[item.Length - zeros];
        SelfDelimited.Unescape(item, bytes);
        return bytes;
    }
}
