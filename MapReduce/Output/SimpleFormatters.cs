using System.Globalization;

namespace MapReduce.Output;

internal sealed class SpanFormatter : TextFormatter<ReadOnlySpan<byte>>
{
    public override int TryWrite(ReadOnlySpan<byte> value, Span<byte> to) => TextFormatter.TryCopy(value, to);
}

internal sealed class BytesFormatter : TextFormatter<byte[]?>
{
    public override int TryWrite(byte[]? value, Span<byte> to) => TextFormatter.TryCopy(value, to);
}

internal sealed class Utf8TextFormatter : TextFormatter<Utf8Text>
{
    public override int TryWrite(Utf8Text value, Span<byte> to) => TextFormatter.TryCopy(value.Span, to);
}

internal sealed class StringFormatter : TextFormatter<string?>
{
    public override int TryWrite(string? value, Span<byte> to) => TextFormatter.TryEncode(value, to);
}

internal sealed class NoValueFormatter : TextFormatter<NoValue>
{
    public override int TryWrite(NoValue value, Span<byte> to) => 0;
}

/// <summary>Whatever formats itself as UTF-8: in its usual format, times in the one that can be read back.</summary>
internal sealed class NumberFormatter<T> : TextFormatter<T>
    where T : struct, IUtf8SpanFormattable
{
    private static readonly string Format =
        typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeOnly) ? "O" : "";

    public override int TryWrite(T value, Span<byte> to) => value.TryFormat(to, out var count, Format, CultureInfo.InvariantCulture) ? count : -1;
}

/// <summary>Enumerations by name; a value without one is a number.</summary>
internal sealed class EnumFormatter<T> : TextFormatter<T>
    where T : struct, Enum
{
    private const int UsualLength = 128;

    public override int TryWrite(T value, Span<byte> to)
    {
        Span<char> name = stackalloc char[UsualLength];
        return Enum.TryFormat(value, name, out var count) ? TextFormatter.TryEncode(name[..count], to) : TextFormatter.TryEncode(value.ToString(), to);
    }
}

/// <summary>What has a text of its own, in the invariant culture where it knows of cultures.</summary>
internal sealed class ObjectFormatter<T> : TextFormatter<T>
{
    public override int TryWrite(T value, Span<byte> to) => TextFormatter.TryEncode(
        value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString(), to);
}
