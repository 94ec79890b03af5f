using System.Text;

namespace MapReduce.Input;

/// <summary>Knows texts that are not UTF-8 by their first bytes.</summary>
internal static class ByteOrderMark
{
    /// <summary>Bytes of the longest mark.</summary>
    public const int Longest = 4;

    // The mark of UTF-16 is also the beginning of that of UTF-32. What is no text in the encoding must not pass as one.
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true)),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true)),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)),
    ];

    /// <summary>The encoding, UTF-16 or UTF-32, whose mark a text starts with, or null.</summary>
    public static Encoding? Find(ReadOnlySpan<byte> start)
    {
        foreach (var (mark, encoding) in Marks)
            if (start.StartsWith(mark)) return encoding;
        return null;
    }
}
