using System.Text;

namespace MapReduce.Output;

/// <summary>
/// Writes values of a type as UTF-8 text that can be read back: numbers in the invariant culture, times as ISO 8601, text as it
/// stands, null as nothing, the parts of a tuple, record or list with TABs between.
/// </summary>
internal abstract class TextFormatter<T>
    where T : allows ref struct
{
    /// <summary>Writes a value.</summary>
    /// <returns>Bytes written, or -1 when they do not fit: try again with more room.</returns>
    public abstract int TryWrite(T value, Span<byte> to);
}

/// <summary>What formatters have in common.</summary>
internal static class TextFormatter
{
    /// <summary>The formatter of a type. Uses reflection: once for each part of an output.</summary>
    /// <exception cref="NotSupportedException">The type has no text form.</exception>
    public static TextFormatter<T> For<T>()
        where T : allows ref struct =>
        (TextFormatter<T>)TextFormatterFinder.Of(typeof(T));

    public static int TryCopy(ReadOnlySpan<byte> bytes, Span<byte> to) => bytes.TryCopyTo(to) ? bytes.Length : -1;

    public static int TryEncode(ReadOnlySpan<char> text, Span<byte> to) => Encoding.UTF8.TryGetBytes(text, to, out var count) ? count : -1;

    /// <summary>Writes a TAB and a value behind what is there; -1 goes through.</summary>
    public static int TryAppend<T>(int written, TextFormatter<T> formatter, T value, Span<byte> to)
    {
        if (written < 0 || written == to.Length) return -1;
        to[written++] = (byte)'\t';
        var more = formatter.TryWrite(value, to[written..]);
        return more < 0 ? -1 : written + more;
    }
}
