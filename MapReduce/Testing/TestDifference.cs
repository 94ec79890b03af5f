using System.Globalization;

namespace MapReduce.Testing;

/// <summary>Finds what two runs of a job do not have in common.</summary>
internal static class TestDifference
{
    // Sums of floating-point numbers differ in their last digits by the order in which they were added.
    private const double Tolerance = 1e-9;

    /// <summary>The first line that only one of two runs wrote, in words; null when their outputs have the same lines in any order.</summary>
    public static string? InLines(JobTestResult expected, JobTestResult result, string usual, string unusual)
    {
        foreach (var output in OutputLines.Outputs(expected.Files).Union(OutputLines.Outputs(result.Files)))
        {
            var left = expected.LinesOf(output).Order(StringComparer.Ordinal).ToList();
            var right = result.LinesOf(output).Order(StringComparer.Ordinal).ToList();
            for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
            {
                var (a, b) = (left.ElementAtOrDefault(i), right.ElementAtOrDefault(i));
                if (!AreSame(a, b)) return $"The output depends on how the job is run: {usual} its lines, sorted, hold {Show(a)} where {unusual} they hold {Show(b)}.";
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

    private static bool AreSame(string? left, string? right)
    {
        if (left == right) return true;
        if (left is null || right is null) return false;
        var (a, b) = (left.Split('\t'), right.Split('\t'));
        return a.Length == b.Length && a.Zip(b).All(pair => pair.First == pair.Second || AreNear(pair.First, pair.Second));
    }

    private static bool AreNear(string left, string right) =>
        double.TryParse(left, CultureInfo.InvariantCulture, out var a) && double.TryParse(right, CultureInfo.InvariantCulture, out var b)
        && (a % 1 != 0 || b % 1 != 0)
        && Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));

    private static string Show(string? line) => line is null ? "nothing" : $"'{line.Replace("\t", "<TAB>", StringComparison.Ordinal)}'";
}
