using System.Globalization;
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
            .Map(() => new Mapper(field, width, options.SkipText))
            .TotalOrder()
            .Combine(new Sum<long>())
            .Reduce((_, counts) => counts.Sum())
            .WriteText();
    }

    private static bool TryParse(ReadOnlySpan<char> text, out decimal number) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private sealed class Mapper(FieldRange field, decimal width, bool skipText) : IMapper<decimal, long>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<decimal, long> output)
        {
            var text = field.TextOf(line);
            // Decimals, because 0.3 / 0.1 in binary is less than 3.
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) output.Emit(Math.Floor(number / width) * width, 1);
            else if (skipText) _task!.Count("SKIPPED_LINES");
            else throw new FormatException($"field {field.First} is not a number but '{System.Text.Encoding.UTF8.GetString(text)}': with skipText=true such lines are counted and left out.");
        }
    }
}

/// <summary>What <see cref="Histogram"/> counts.</summary>
/// <param name="Width">The width of a bucket: a decimal number above 0. Bucket n reaches from n times the width up to, but without, n + 1 times.</param>
/// <param name="Field">The field that holds the number, from 1.</param>
/// <param name="Separator">The character between fields; null: a field begins with the blanks before it.</param>
/// <param name="SkipText">Leave out lines whose field is no number, instead of failing.</param>
public sealed record HistogramOptions(
    [Option("The width of a bucket, such as 10 or 0.5")] string Width,
    [Option("The field that holds the number, from 1", Min = 1)] int Field = 1,
    [Option("The one character between fields; default: the change from non-blank to blank")] string? Separator = null,
    [Option("Leave out lines whose field is no number, and count them")] bool SkipText = false);
