using System.Text;
using Bench.Comparing;
using Bench.Measuring;

namespace Bench.Reporting;

/// <summary>The report: a table with a row for each bar, every pair's walls below it, and the machine.</summary>
internal static class MarkdownReport
{
    private const string Header = """
        | class of work | ours, against | wall s | CPU s | peak MiB | figure | median | min - max | bar | |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |

        """;

    public static string Write(IReadOnlyList<ComparisonResult> results, string machine, BenchOptions options)
    {
        var text = new StringBuilder();
        text.Append($"# Benchmarks, {TimeProvider.System.GetLocalNow():yyyy-MM-dd}: {options.ReportName}\n\n");
        if (options.Quick) text.Append("Quick run: the inputs are small, so that start-up rules; the figures mean nothing, the checks do.\n\n");
        text.Append($"Whole processes, start-up included; pairs of runs in turn: {options.Pairs}, after one to warm up. Two numbers are the medians of ours / theirs; a figure is the median of its values pair by pair.\n\n");
        text.Append(Header);
        foreach (var result in results) AppendRows(text, result, options.Quick);
        text.Append("\n## Machine\n\n").Append(machine);
        text.Append("\n## Walls of every pair, seconds\n\n");
        foreach (var result in results)
        {
            string walls = string.Join(", ", result.Pairs.Select(pair => $"{pair.Ours.Wall:F3} / {pair.Theirs.Wall:F3}"));
            text.Append($"* `{result.Comparison.Name}`: {(result.Failure is null ? walls : "none")}\n");
        }

        return text.ToString();
    }

    private static void AppendRows(StringBuilder text, ComparisonResult result, bool quick)
    {
        var comparison = result.Comparison;
        string work = $"| {comparison.Title} | {comparison.Ours.Name}, {comparison.Theirs.Name} ";
        if (result.Failure is not null)
        {
            text.Append($"{work}| - | - | - | - | - | - | - | **failed**: {result.Failure.ReplaceLineEndings(" ").Replace("|", "\\|")} |\n");
            return;
        }

        foreach (var bar in comparison.Bars)
        {
            double[] figures = [.. result.Pairs.Select(bar.Of)];
            double median = Median.Of(figures);
            string verdict = quick ? "not judged" : median <= bar.Limit ? "met" : "**missed**";
            text.Append($"{work}| {Both(result, run => run.Wall, "F2")} | {Both(result, run => run.Cpu, "F2")} | {Both(result, run => run.PeakMiB, "F0")} ");
            text.Append($"| {bar.Figure} | {Show(bar, median)} | {Show(bar, figures.Min())} - {Show(bar, figures.Max())} | <= {bar.Limit}{bar.Unit} | {verdict} |\n");
        }
    }

    private static string Both(ComparisonResult result, Func<Measurement, double> figure, string format) =>
        $"{Median.Of(result.Pairs.Select(pair => figure(pair.Ours))).ToString(format)} / {Median.Of(result.Pairs.Select(pair => figure(pair.Theirs))).ToString(format)}";

    private static string Show(Bar bar, double value) => value.ToString(bar.Unit == "x" ? "F3" : "F0") + bar.Unit;
}
