using System.Globalization;
using System.Text;
using MapReduce.Jobs.Sorting;

namespace MapReduce.Jobs;

/// <summary>Counts the numbers of one field by buckets of equal width: a line <c>lower end TAB count</c> for each bucket that is not empty, in order.</summary>
public sealed class Histogram : IMapReduceJob<HistogramOptions>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The width is no positive number, or the separator not one ASCII character.</exception>
    public JobPlan Plan(HistogramOptions options)
    {
        if (!TryParse(options.Width, out var width) || width <= 0)
            throw new ArgumentException($"the width '{options.Width}' is not a number above 0: set width=10, for example.");
        var field = FieldRange.Parse($"{options.Field},{options.Field}", options.Separator)!;
        return Job.ReadLines()
            .Map<decimal, long>((line, output) =>
            {
                // Decimals, because 0.3 / 0.1 in binary is less than 3.
                var text = field.TextOf(line);
                if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) throw NoNumber(field.First, text);
                output.Emit(Math.Floor(number / width) * width, 1);
            })
            .TotalOrder()
            .Combine(new Sum<long>())
            .Reduce((_, counts) => counts.Sum())
            .WriteText();
    }

    private static bool TryParse(ReadOnlySpan<char> text, out decimal number) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static FormatException NoNumber(int field, ReadOnlySpan<byte> text) =>
        new($"field {field} is not a number but '{Encoding.UTF8.GetString(text)}': mend the line, or let such lines be skipped (SkipBadRecords).");
}

/// <summary>What <see cref="Histogram"/> counts.</summary>
/// <param name="Width">The width of a bucket: a decimal number above 0. Bucket n reaches from n times the width up to, but without, n + 1 times.</param>
/// <param name="Field">The field that holds the number, from 1.</param>
/// <param name="Separator">The character between fields; null: a field begins with the blanks before it.</param>
public sealed record HistogramOptions(
    [Option("The width of a bucket, such as 10 or 0.5")] string Width,
    [Option("The field that holds the number, from 1", Min = 1)] int Field = 1,
    [Option("The one character between fields; default: the change from non-blank to blank")] string? Separator = null);
