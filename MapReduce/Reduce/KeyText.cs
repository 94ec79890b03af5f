using System.Text;

namespace MapReduce.Reduce;

/// <summary>Shows an encoded key to a person, in an error.</summary>
internal static class KeyText
{
    private const int Longest = 200;

    /// <summary>As text when it is printable UTF-8, otherwise in hexadecimal; long keys are cut.</summary>
    public static string Of(ReadOnlySpan<byte> key)
    {
        var shown = key[..Math.Min(key.Length, Longest)];
        var more = shown.Length < key.Length ? $"… ({key.Length} bytes)" : "";
        var text = Encoding.UTF8.GetString(shown);
        var isText = !text.Any(character => char.IsControl(character) || character == '\uFFFD');
        return isText ? $"'{text}'{more}" : $"0x{Convert.ToHexString(shown)}{more}";
    }
}
