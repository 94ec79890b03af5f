using System.Text;

namespace MapReduce.Jobs;

/// <summary>
/// Joins two inputs, named <c>left</c> and <c>right</c>, by a field of each: a line <c>key TAB rest of the left line TAB rest of the right
/// line</c> for each pair of lines with one key. Does what join(1) does, without a need of sorted input.
/// </summary>
public sealed class Join : IMapReduceJob<JoinOptions>
{
    private const int LongestShown = 100;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The separator is not one ASCII character.</exception>
    public JobPlan Plan(JoinOptions options)
    {
        if (options.Separator is not [< (char)0x80 and not '\n'])
            throw new ArgumentException($"the separator '{options.Separator}' is not one ASCII character other than a line feed: set separator=, for example.");
        var left = Side("left", options.LeftField, options.Separator[0]);
        var right = Side("right", options.RightField, options.Separator[0]);
        return (options.Keep switch
        {
            JoinKind.Left => left.LeftJoin(right, Rests),
            JoinKind.Both => left.FullJoin(right, Rests),
            _ => left.Join(right, Rests),
        }).WriteText();
    }

    private static Pairs<byte[], byte[]> Side(string input, int field, char separator) =>
        Job.ReadLines(input).Select(line => Cut(line.Utf8.Span, field, (byte)separator)).Map(cut => cut);

    private static (byte[] Key, byte[] Others) Cut(ReadOnlySpan<byte> line, int field, byte separator)
    {
        var start = 0;
        for (var number = 1; number < field; number++)
        {
            var end = line[start..].IndexOf(separator);
            if (end < 0) throw new FormatException($"a line has {number} of {field} fields: its field {field} is the key.");
            start += end + 1;
        }
        var length = line[start..].IndexOf(separator);
        // Most likely another character separates the fields: with the whole line for a key nothing would match, and the output be empty.
        if (length < 0 && start == 0) throw NoSeparator(line, separator);
        // The separator that stood beside the key goes with it.
        return length < 0 ? (line[start..].ToArray(), line[..Math.Max(0, start - 1)].ToArray())
            : (line.Slice(start, length).ToArray(), [.. line[..start], .. line[(start + length + 1)..]]);
    }

    private static FormatException NoSeparator(ReadOnlySpan<byte> line, byte separator)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestShown)]);
        return new($"the line '{text}{(line.Length > LongestShown ? "..." : "")}' does not hold the separator (character {separator}, '{(char)separator}'): set the one that it has, or end a line that is a key alone with it.");
    }

    // What a side lacks is null.
    private static (byte[] Left, byte[] Right) Rests(byte[] key, byte[]? left, byte[]? right) => (left ?? [], right ?? []);
}

/// <summary>Which lines without a partner <see cref="Join"/> keeps.</summary>
public enum JoinKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those of the left input.</summary>
    Left,

    /// <summary>Those of both.</summary>
    Both,
}

/// <summary>How <see cref="Join"/> finds the key of a line.</summary>
/// <param name="LeftField">The field of the left input that is the key, from 1.</param>
/// <param name="RightField">The field of the right input that is the key, from 1.</param>
/// <param name="Separator">The character between fields.</param>
/// <param name="Keep">Which lines without a partner are kept, the other's columns empty.</param>
public sealed record JoinOptions(
    [Option("The field of the left input that is the key, from 1", Min = 1)] int LeftField = 1,
    [Option("The field of the right input that is the key, from 1", Min = 1)] int RightField = 1,
    [Option("The one character between fields; default: TAB")] string Separator = "\t",
    [Option("Which lines without a partner to keep")] JoinKind Keep = JoinKind.None);
