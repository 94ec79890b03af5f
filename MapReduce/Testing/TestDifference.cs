using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MapReduce.Testing;

/// <summary>Finds what two runs of a job do not have in common.</summary>
internal static class TestDifference
{
    // Sums of floating-point numbers differ in their last digits by the order in which they were added.
    private const double Tolerance = 1e-9;

    private static readonly Regex Number = new(@"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", RegexOptions.CultureInvariant);

    /// <summary>
    /// The first record that only one of two runs wrote, in words; null when all their outputs have the same records in any order.
    /// Headers are no records, and files that are written byte by byte have none: there is one for each task, of which runs have
    /// different numbers.
    /// </summary>
    public static string? InRecords(JobTestResult expected, JobTestResult result, string usual, string unusual)
    {
        foreach (var output in expected.Written.Concat(result.Written).Select(output => output.Name).Distinct())
        {
            var (left, right) = (Sorted(expected, output), Sorted(result, output));
            for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
            {
                var (a, b) = (left.ElementAtOrDefault(i), right.ElementAtOrDefault(i));
                if (!AreSame(a, b)) return $"The output depends on how the job is run: {usual} the records of '{output}', sorted, hold {Show(a)} where {unusual} they hold {Show(b)}.";
            }
        }
        return null;
    }

    /// <summary>The first file or counter that is not the same in both runs, in words that follow "under these faults".</summary>
    public static string? InAll(JobTestResult expected, JobTestResult result)
    {
        foreach (var name in expected.Files.Keys.Union(result.Files.Keys))
        {
            if (!expected.Files.TryGetValue(name, out var left)) return $"the output holds '{name}', which it does not without them.";
            if (!result.Files.TryGetValue(name, out var right)) return $"the output lacks '{name}'.";
            if (!left.AsSpan().SequenceEqual(right)) return $"'{name}' differs from byte {left.AsSpan().CommonPrefixLength(right)} on.";
        }
        foreach (var name in expected.Counters.Keys.Union(result.Counters.Keys))
        {
            var (left, right) = (expected.Counters.GetValueOrDefault(name), result.Counters.GetValueOrDefault(name));
            if (left != right) return $"counter {name} is {right} instead of {left}.";
        }
        return null;
    }

    private static List<string> Sorted(JobTestResult result, string output) =>
        [.. result.Written.Where(written => written.Name == output).SelectMany(written => written.Records, Text).Order(StringComparer.Ordinal)];

    // Bytes that are no text must not become alike.
    private static string Text(WrittenOutput written, WrittenRecord record) =>
        Encoding.Latin1.GetString(record.File.AsSpan(record.File.AsSpan().CommonPrefixLength(written.Empty)));

    private static bool AreSame(string? left, string? right)
    {
        if (left == right) return true;
        if (left is null || right is null || Number.Replace(left, "0") != Number.Replace(right, "0")) return false;
        return Number.Matches(left).Zip(Number.Matches(right)).All(pair => pair.First.Value == pair.Second.Value || AreNear(pair.First.Value, pair.Second.Value));
    }

    private static bool AreNear(string left, string right) =>
        double.TryParse(left, CultureInfo.InvariantCulture, out var a) && double.TryParse(right, CultureInfo.InvariantCulture, out var b)
        && (a % 1 != 0 || b % 1 != 0)
        && Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));

    private static string Show(string? record) => record is null ? "nothing"
        : $"'{Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(record)).TrimEnd('\r', '\n').Replace("\t", "<TAB>", StringComparison.Ordinal)}'";
}
