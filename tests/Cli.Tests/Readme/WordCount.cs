using MapReduce;

namespace Cli.Tests.Readme;

public sealed class WordCount : IMapReduceJob<WordCount.Options>
{
    public sealed record Options(int MinLength = 1);
    public JobPlan Plan(Options options) => Job.ReadLines()
        .Map(line => line.Words().Where(word => word.Length >= options.MinLength).Select(word => (word, 1L)))
        .Combine((a, b) => a + b)
        .Reduce((word, counts) => counts.Sum()).WriteText();
}
