using System.Globalization;
using System.Text;
using MapReduce.Jobs.Sorting;

namespace MapReduce.Jobs;

/// <summary>
/// The most frequent values of a field, or the lines with the largest numbers in it: a line <c>value TAB count</c>, or <c>line TAB
/// number</c>, for each, the largest first and all in one part.
/// </summary>
public sealed class Top : IMapReduceJob<TopOptions>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The separator is not one ASCII character.</exception>
    public JobPlan Plan(TopOptions options)
    {
        var field = FieldRange.Parse(options.Field is { } number ? $"{number},{number}" : "1", options.Separator)!;
        if (options.By == TopBy.Largest)
            return Job.ReadLines().Select(line => (Line: line.Utf8.Span.ToArray(), Number: Parse(field.TextOf(line.Utf8.Span)))).Map(record => record).Top(options.Count).WriteText();
        return Job.ReadLines()
            .Map<ReadOnlySpan<byte>, long>((line, output) => output.Emit(options.Field is null ? line : field.TextOf(line), 1))
            .Combine(new Sum<long>())
            .Reduce((_, counts) => counts.Sum())
            .Map<byte[], long>((value, count, output) => output.Emit(value.ToArray(), count))
            .Top(options.Count)
            .WriteText();
    }

    private static decimal Parse(ReadOnlySpan<byte> text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"'{Encoding.UTF8.GetString(text)}' is not a number: set field to the field that holds one.");
}

/// <summary>What <see cref="Top"/> takes for more.</summary>
public enum TopBy
{
    /// <summary>Values that occur more often.</summary>
    Frequent,

    /// <summary>Lines with a larger number.</summary>
    Largest,
}

/// <summary>What <see cref="Top"/> looks for.</summary>
/// <param name="Count">How many.</param>
/// <param name="Field">The field that counts, from 1; null for the whole line.</param>
/// <param name="Separator">The character between fields; null: a field begins with the blanks before it.</param>
/// <param name="By">What more means.</param>
public sealed record TopOptions(
    [Option("How many", Min = 1, Max = 1_000_000)] int Count = 10,
    [Option("The field that counts, from 1; default: the whole line", Min = 1)] int? Field = null,
    [Option("The one character between fields; default: the change from non-blank to blank")] string? Separator = null,
    [Option("The values that occur most often, or the lines with the largest numbers")] TopBy By = TopBy.Frequent);
