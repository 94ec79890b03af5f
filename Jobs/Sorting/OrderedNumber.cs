using System.Buffers;
using System.Buffers.Binary;

namespace MapReduce.Jobs.Sorting;

/// <summary>
/// Decimal numbers of any length as bytes in their order. A number is what GNU sort takes for one: blanks, perhaps a minus, digits,
/// perhaps a point and digits; anything else is zero, and what follows the number does not count.
/// </summary>
internal static class OrderedNumber
{
    /// <summary>At most so many bytes are written beyond the text's length.</summary>
    public const int MostOverhead = 7;

    // Sign, then the number of digits before the point, then all digits, then an end below every digit.
    private const byte Negative = 1, Zero = 2, Positive = 3, End = 0, LongNumber = 255;
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    /// <summary>Writes the number that a text begins with.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text = text.TrimStart(" \t"u8);
        var isNegative = text is [(byte)'-', ..];
        if (isNegative) text = text[1..];
        var whole = TakeDigits(ref text).TrimStart((byte)'0');
        ReadOnlySpan<byte> fraction = default;
        if (text is [(byte)'.', ..])
        {
            text = text[1..];
            fraction = TakeDigits(ref text).TrimEnd((byte)'0');
        }

        to[0] = whole.IsEmpty && fraction.IsEmpty ? Zero : isNegative ? Negative : Positive;
        if (to[0] == Zero) return 1;
        var length = 1 + WriteLength(whole.Length, to[1..]);
        whole.CopyTo(to[length..]);
        length += whole.Length;
        fraction.CopyTo(to[length..]);
        length += fraction.Length;
        to[length++] = End;
        if (isNegative) OrderedText.Invert(to[1..length]);
        return length;
    }

    private static ReadOnlySpan<byte> TakeDigits(scoped ref ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAnyExcept(Digits);
        if (length < 0) length = text.Length;
        var digits = text[..length];
        text = text[length..];
        return digits;
    }

    // More digits make a larger number, whatever they are.
    private static int WriteLength(int length, Span<byte> to)
    {
        if (length < LongNumber)
        {
            to[0] = (byte)length;
            return 1;
        }

        to[0] = LongNumber;
        BinaryPrimitives.WriteInt32BigEndian(to[1..], length);
        return 5;
    }
}
