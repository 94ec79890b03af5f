using System.Globalization;

namespace MapReduce.Jobs.Sorting;

/// <summary>The part of a line from one field to the end of another, as GNU sort finds it. Immutable.</summary>
/// <param name="First">The first field, from 1.</param>
/// <param name="Last">The last field; null for the end of the line.</param>
/// <param name="Separator">The byte between fields; null: a field is blanks and the non-blanks after them.</param>
internal sealed record FieldRange(int First, int? Last, byte? Separator)
{
    /// <summary>Reads a key such as <c>2</c> or <c>2,3</c>; null for none.</summary>
    /// <exception cref="ArgumentException">It is not fields, or the separator not one ASCII character.</exception>
    public static FieldRange? Parse(string? key, string? separator)
    {
        if (separator is not (null or [< (char)0x80 and not '\n']))
            throw new ArgumentException($"the separator '{separator}' is not one ASCII character other than a line feed: set separator=, for example.");
        if (key is null) return null;
        var fields = key.Split(',');
        var numbers = fields.Select(field => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        if (numbers.Length > 2 || numbers.Contains(0))
            throw new ArgumentException($"the key '{key}' is not one or two fields counted from 1: set key=2 for all from the second field on, or key=2,2 for the second alone.");
        return new(numbers[0], numbers.Length == 2 ? numbers[1] : null, separator is null ? null : (byte)separator[0]);
    }

    /// <summary>The part of a line: empty when the line has fewer fields.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line)
    {
        var start = Separator is { } separator ? StartAt(line, separator) : Blanks(line, First - 1);
        var end = Last is not { } last ? line.Length : Separator is { } between ? EndAt(line, between, last) : Blanks(line, last);
        return start < end ? line[start..end] : default;
    }

    /// <summary>The same without the blanks around it.</summary>
    public ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> line) => Of(line).Trim(" \t"u8);

    private int StartAt(ReadOnlySpan<byte> line, byte separator)
    {
        var at = 0;
        for (var fields = First - 1; fields > 0; fields--)
        {
            var length = line[at..].IndexOf(separator);
            if (length < 0) return line.Length;
            at += length + 1;
        }

        return at;
    }

    private static int EndAt(ReadOnlySpan<byte> line, byte separator, int fields)
    {
        for (var at = 0; ; at++, fields--)
        {
            var length = line[at..].IndexOf(separator);
            if (length < 0) return line.Length;
            at += length;
            if (fields == 1) return at;
        }
    }

    // Where the blanks and non-blanks of this many fields end.
    private static int Blanks(ReadOnlySpan<byte> line, int fields)
    {
        var at = 0;
        for (; fields > 0 && at < line.Length; fields--)
        {
            var blanks = line[at..].IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (blanks < 0) return line.Length;
            at += blanks;
            var length = line[at..].IndexOfAny((byte)' ', (byte)'\t');
            if (length < 0) return line.Length;
            at += length;
        }

        return at;
    }
}
