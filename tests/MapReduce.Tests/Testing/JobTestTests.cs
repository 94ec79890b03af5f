using MapReduce.Counters;
using MapReduce.Testing;

namespace MapReduce.Tests.Testing;

public sealed class JobTestTests
{
    private static readonly string[] Lines = ["to be or not to be", "", "be it so", "naïve Ünïcödé", .. Enumerable.Range(0, 30).Select(n => $"word{n % 7} x{n % 3}")];

    [Fact]
    public void Run_WordCount_IsWhatLinqFinds()
    {
        var result = JobTest.Run(new Count(), Lines);
        var expected = Lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).GroupBy(word => word).Select(group => $"{group.Key}\t{group.Count()}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), result.Lines);
        Assert.Equal(Lines.Length, result.Counters[CounterNames.MapInputRecords]);
    }

    [Fact]
    public void Run_SeveralFiles_ReadsAll() => Assert.Equal(
        ["a\t3", "b\t1"],
        JobTest.Run(Words().Combine(new Sum<long>()).Reduce((_, counts) => counts.Sum()).WriteText(), [new TestFile("1.txt", "a b\na"), new TestFile("x/2.txt", ["a"])]).Lines);

    [Fact]
    public void Run_MapOnly_KeepsTheOrderOfTheInput()
    {
        string[] lines = ["b", "a", "c"];
        Assert.Equal(lines, JobTest.Run(Job.ReadLines().Map(line => new[] { (line.Text, default(NoValue)) }).WriteText(), lines).Lines);
    }

    [Fact]
    public void Run_Sort_IsInOrder() =>
        Assert.Equal(Lines.Order(StringComparer.Ordinal), JobTest.Run(Job.ReadLines().Map(line => new[] { (line.Text, default(NoValue)) }).Sort().WriteText(), Lines).Lines);

    [Fact]
    public void Run_EmptyInput_HasNoLines() => Assert.Empty(JobTest.Run(new Count(), Array.Empty<string>()).Lines);

    [Fact]
    public void Run_CombinerIsNotAssociative_NamesKeyValuesAndResults()
    {
        var error = Assert.Throws<JobTestException>(() => JobTest.Run(Words().Combine((a, b) => a - b).Reduce((_, counts) => counts.Sum()).WriteText(), "a"));
        Assert.Contains("key 'a' the combiner is not associative: (1, 1), 1 gives -1, but 1, (1, 1) gives 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CombinerIsNotCommutative_NamesKeyValuesAndResults()
    {
        var plan = Job.ReadLines().Map(line => new[] { ("k", long.Parse(line.Text)) }).Combine((a, _) => a).Reduce((_, values) => values.First()).WriteText();
        var error = Assert.Throws<JobTestException>(() => JobTest.Run(plan, "3", "5"));
        Assert.Contains("key 'k' the combiner is not commutative: 3, 5 gives 3, but 5, 3 gives 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FoldDependsOnOrderByIntent_IsNoFlaw()
    {
        var plan = Job.ReadLines().Map(line => new[] { ("k", long.Parse(line.Text)) }).Combine(new First<long>()).Reduce((_, values) => values.First()).WriteText();
        Assert.Equal(["k\t3"], JobTest.Run(plan, "3", "5", "4").Lines);
    }

    [Fact]
    public void Run_SumOfFractions_IsNoFlaw()
    {
        var plan = Job.ReadLines().Map(line => new[] { ("k", double.Parse(line.Text)) }).Combine(new Sum<double>()).Reduce((_, values) => values.Sum()).WriteText();
        Assert.StartsWith("k\t1.4", JobTest.Run(plan, "0.1", "0.2", "0.3", "0.7", "0.1").Lines.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SumOfFractionsInARecord_IsNoFlaw()
    {
        var plan = Job.ReadLines().Map(line => new[] { ("k", new Mean(double.Parse(line.Text), 1)) })
            .Combine((a, b) => new(a.Sum + b.Sum, a.Count + b.Count)).Reduce((_, means) => Math.Round(means.Sum(mean => mean.Sum), 3)).WriteText();
        Assert.Equal(["k\t1.4"], JobTest.Run(plan, "0.1", "0.2", "0.3", "0.7", "0.1").Lines);
    }

    [Fact]
    public void Run_CombinerCountsWhatItCounted_ShowsBothOutputs()
    {
        var plan = Words().CombineValues((_, counts) => [counts.Count()]).Reduce((_, counts) => counts.Sum()).WriteText();
        var error = Assert.Throws<JobTestException>(() => JobTest.Run(plan, "a a a a"));
        Assert.Contains("'a<TAB>4' where when the combiner runs on what it made of halves of the values they hold 'a<TAB>2'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CombinerLosesValues_ShowsBothOutputs()
    {
        var plan = Words().CombineValues((_, counts) => [counts.First()]).Reduce((_, counts) => counts.Sum()).WriteText();
        var error = Assert.Throws<JobTestException>(() => JobTest.Run(plan, "a a a"));
        Assert.Contains("in one piece the records of 'part', sorted, hold 'a<TAB>1' where when the combiner never runs they hold 'a<TAB>3'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MapperRemembersLines_ShowsBothOutputs()
    {
        var error = Assert.Throws<JobTestException>(() => JobTest.Run(Job.ReadLines().Map(() => new Numberer()).Reduce((_, ns) => ns.Max()).WriteText(), "a", "b", "c"));
        Assert.Contains("in splits of", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ValuesEnumeratedTwice_FailsAndSaysSo()
    {
        var plan = Words().Reduce((_, counts) => counts.Count() + counts.Sum()).WriteText();
        Assert.Contains("can be gone through once", Assert.Throws<JobTestException>(() => JobTest.Run(plan, "a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OptionMustBeSet_NamesIt() =>
        Assert.Contains("'text'", Assert.Throws<ArgumentException>(() => JobTest.Run(new Find(), "a")).Message, StringComparison.Ordinal);

    [Fact]
    public void Run_Ended_LeavesNoFolder()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "mapreduce-test-*").Length;
        JobTest.Run(new Count(), Lines);
        Assert.InRange(Directory.GetDirectories(Path.GetTempPath(), "mapreduce-test-*").Length, 0, before);
    }

    private static Pairs<Utf8Text, long> Words() => Job.ReadLines().Map(line => line.Words().Select(word => (word, 1L)));

    private readonly record struct Mean(double Sum, int Count);

    public sealed record Options(int MinLength = 1);

    public sealed record Pattern(string Text);

    private sealed class Count : IMapReduceJob<Options>
    {
        public JobPlan Plan(Options options) => Words().Combine((a, b) => a + b).Reduce((_, counts) => counts.Sum()).WriteText();
    }

    private sealed class Find : IMapReduceJob<Pattern>
    {
        public JobPlan Plan(Pattern options) => Words().WriteText();
    }

    // Counts on from line to line, which a split breaks.
    private sealed class Numberer : IMapper<string, long>
    {
        private long _number;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, long> output) => output.Emit(System.Text.Encoding.UTF8.GetString(line), ++_number);
    }
}
