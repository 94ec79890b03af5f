using System.Text;
using MapReduce.Output;
using MapReduce.Serialization;

namespace MapReduce.Reduce;

/// <summary>Shows an encoded key to a person, in an error.</summary>
internal static class KeyText
{
    private const int Longest = 200;

    /// <summary>The key as an output would show it, its parts with commas between.</summary>
    public static string Of<TKey, TKeyCodec>(ReadOnlySpan<byte> key)
        where TKey : allows ref struct
        where TKeyCodec : struct, ICodec<TKey>
    {
        // The bytes of these are their text.
        if (typeof(TKey) == typeof(string) || typeof(TKey) == typeof(Utf8Text) || typeof(TKey) == typeof(byte[]) || typeof(TKey) == typeof(ReadOnlySpan<byte>)) return Of(key);
        Span<byte> shown = new byte[Longest];
        try
        {
            var written = TextFormatter.For<TKey>().TryWrite(TKeyCodec.Decode(key), shown);
            if (written >= 0 && Printable(Encoding.UTF8.GetString(shown[..written]).Replace("\t", ", ", StringComparison.Ordinal)) is { } text) return $"'{text}'";
        }
        catch (Exception error) when (error is NotSupportedException or FormatException)
        {
            // No text form, or not what was encoded: its bytes say more than that.
        }

        return Of(key);
    }

    /// <summary>As text when it is printable UTF-8, otherwise in hexadecimal; long keys are cut.</summary>
    public static string Of(ReadOnlySpan<byte> key)
    {
        var shown = key[..Math.Min(key.Length, Longest)];
        var more = shown.Length < key.Length ? $"… ({key.Length} bytes)" : "";
        return Printable(Encoding.UTF8.GetString(shown)) is { } text ? $"'{text}'{more}" : $"0x{Convert.ToHexString(shown)}{more}";
    }

    private static string? Printable(string text) => text.Any(character => char.IsControl(character) || character == '\uFFFD') ? null : text;
}
