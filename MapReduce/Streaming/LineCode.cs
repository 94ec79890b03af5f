namespace MapReduce.Streaming;

/// <summary>
/// Writes bytes so that they stand within one field of one line and sort, as bytes, as they did: those up to 0x0E, TAB, LF and CR among them, become
/// two, 0x0E and the byte + 0x20. What is left is above TAB, which ends the field: a field that another begins with comes before it.
/// </summary>
internal static class LineCode
{
    private const byte Escape = 0x0E, Shift = 0x20;

    /// <summary>The most bytes that so many become.</summary>
    public static int MaxLength(int length) => checked(2 * length);

    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        var at = 0;
        foreach (var value in bytes)
        {
            if (value > Escape)
            {
                to[at++] = value;
                continue;
            }

            to[at++] = Escape;
            to[at++] = (byte)(value + Shift);
        }

        return at;
    }

    /// <summary>The bytes again, in no more room than they take now.</summary>
    /// <returns>Bytes written, or -1 when nobody wrote such a field.</returns>
    public static int TryDecode(ReadOnlySpan<byte> field, Span<byte> to)
    {
        var at = 0;
        for (var i = 0; i < field.Length; i++)
        {
            var value = field[i];
            if (value < Escape) return -1;
            if (value == Escape)
            {
                if (++i == field.Length || field[i] is < Shift or > Shift + Escape) return -1;
                value = (byte)(field[i] - Shift);
            }

            to[at++] = value;
        }

        return at;
    }
}
