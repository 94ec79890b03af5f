using MapReduce;

namespace Cli.Tests.Support;

/// <summary>Two small jobs: one with defaults, one with an option that must be set.</summary>
internal static class TestJobs
{
    public enum Case { Keep, Lower }

    public sealed record Options([Option("Letter case.")] Case Case = Case.Keep, [Option("At least so long.", Min = 1, Max = 99)] int MinLength = 1);

    public sealed record Pattern([Option("What to look for.")] string Text);

    public sealed class WordCount : IMapReduceJob<Options>
    {
        public JobPlan Plan(Options options) => Words();
    }

    public sealed class Grep : IMapReduceJob<Pattern>
    {
        public JobPlan Plan(Pattern options) => options.Text == "bug" ? throw new InvalidOperationException("boom") : Words();
    }

    public static JobCatalog Catalog { get; } = new(
        JobDefinition.Create<WordCount>("wordcount", "Counts words."),
        JobDefinition.Create<Grep>("grep", "Finds lines."));

    private static JobPlan Words() => Job.ReadLines()
        .Map(line => line.Words().Select(word => (word, 1L)))
        .Reduce((word, counts) => counts.Sum())
        .WriteText();
}
