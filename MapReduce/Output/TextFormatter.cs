using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MapReduce.Output;

/// <summary>Writes values of a type as UTF-8 text: numbers in the invariant culture, text as it stands, a tuple's items with TABs between.</summary>
internal abstract class TextFormatter<T>
    where T : allows ref struct
{
    /// <summary>Writes a value.</summary>
    /// <returns>Bytes written, or -1 when they do not fit: try again with more room.</returns>
    public abstract int TryWrite(T value, Span<byte> to);
}

/// <summary>Finds the formatter of a type.</summary>
internal static class TextFormatter
{
    /// <exception cref="NotSupportedException">The type is a ref struct other than a span of bytes.</exception>
    public static TextFormatter<T> For<T>()
        where T : allows ref struct
    {
        if (typeof(T) == typeof(ReadOnlySpan<byte>)) return (TextFormatter<T>)(object)new SpanFormatter();
        if (typeof(T).IsByRefLike)
            throw new NotSupportedException($"Values of type {typeof(T).Name} have no text form: write ReadOnlySpan<byte>, or a type that formats itself.");
        var formatter = typeof(IUtf8SpanFormattable).IsAssignableFrom(typeof(T)) ? typeof(NumberFormatter<>) : typeof(ObjectFormatter<>);
        return (TextFormatter<T>)Activator.CreateInstance(formatter.MakeGenericType(typeof(T)))!;
    }

    public static int TryCopy(ReadOnlySpan<byte> bytes, Span<byte> to) => bytes.TryCopyTo(to) ? bytes.Length : -1;

    public static int TryEncode(string? text, Span<byte> to) => Encoding.UTF8.TryGetBytes(text, to, out var count) ? count : -1;
}

internal sealed class SpanFormatter : TextFormatter<ReadOnlySpan<byte>>
{
    public override int TryWrite(ReadOnlySpan<byte> value, Span<byte> to) => TextFormatter.TryCopy(value, to);
}

internal sealed class NumberFormatter<T> : TextFormatter<T>
    where T : IUtf8SpanFormattable
{
    public override int TryWrite(T value, Span<byte> to) => value.TryFormat(to, out var count, default, CultureInfo.InvariantCulture) ? count : -1;
}

internal sealed class ObjectFormatter<T> : TextFormatter<T>
{
    public override int TryWrite(T value, Span<byte> to) => value switch
    {
        Utf8Text text => TextFormatter.TryCopy(text.Span, to),
        NoValue => 0,
        _ => TryWriteObject(value, to),
    };

    private static int TryWriteObject(object? value, Span<byte> to) => value switch
    {
        null or NoValue => 0,
        string text => TextFormatter.TryEncode(text, to),
        Utf8Text text => TextFormatter.TryCopy(text.Span, to),
        byte[] bytes => TextFormatter.TryCopy(bytes, to),
        ITuple tuple => TryWriteTuple(tuple, to),
        IUtf8SpanFormattable number => number.TryFormat(to, out var count, default, CultureInfo.InvariantCulture) ? count : -1,
        _ => TextFormatter.TryEncode(value.ToString(), to),
    };

    private static int TryWriteTuple(ITuple tuple, Span<byte> to)
    {
        var at = 0;
        for (var i = 0; i < tuple.Length; i++)
        {
            if (i > 0)
            {
                if (at == to.Length) return -1;
                to[at++] = (byte)'\t';
            }

            var written = TryWriteObject(tuple[i], to[at..]);
            if (written < 0) return -1;
            at += written;
        }

        return at;
    }
}
