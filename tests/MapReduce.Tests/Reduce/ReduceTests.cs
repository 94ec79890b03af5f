using MapReduce.Map;
using MapReduce.Tests.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Reduce;

public sealed class ReduceTests : IDisposable
{
    private readonly TestWorkspace _test = new(4 << 20);

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Reduce_ValuesOfAKey_ComeByMapAndPosition()
    {
        var plan = Words().Reduce((_, values) => string.Join(',', values)).WriteText();
        Assert.Equal(["a\t1,2,5", "b\t3", "c\t4"], Run(plan, "a 1\na 2\nb 3\n", "c 4\na 5\n"));
    }

    [Fact]
    public void Reduce_SecondEnumeration_Throws()
    {
        var plan = Words().Reduce((_, values) => values.Count() + values.Count()).WriteText();
        Assert.Contains("gone through once", Assert.Throws<UserCodeException>(() => Run(plan, "a 1\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reduce_ReducerLoopsTwice_Throws()
    {
        var plan = Words().Reduce<string, long>(() => new TwoLoops()).WriteText();
        Assert.Contains("gone through once", Assert.Throws<UserCodeException>(() => Run(plan, "a 1\na 2\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reduce_ReducerSkipsValues_GoesToTheNextKey()
    {
        var plan = Words().Reduce((_, values) => values.First()).WriteText();
        Assert.Equal(["a\t1", "b\t3"], Run(plan, "a 1\na 2\nb 3\nb 4\n"));
    }

    [Fact]
    public void Reduce_ReducerTakesNoValue_GoesToTheNextKey()
    {
        var plan = Words().Reduce((key, _) => key.Length).WriteText();
        Assert.Equal(["a\t1", "bb\t2"], Run(plan, "a 1\na 2\nbb 3\nbb 4\n"));
    }

    [Fact]
    public void Reduce_ReducerThrows_NamesTheKey()
    {
        var plan = Words().Reduce((key, values) => key == "b" ? throw new FormatException("oops") : values.Count()).WriteText();
        var message = Assert.Throws<UserCodeException>(() => Run(plan, "a 1\nb 2\n")).Message;
        Assert.Equal("The reducer failed on key 'b': FormatException: oops", message);
    }

    [Fact]
    public void Reduce_DifferentCombiners_GiveTheSame()
    {
        var random = new Random(3);
        var inputs = Enumerable.Range(0, 9).Select(_ => string.Concat(Enumerable.Range(0, 3_000).Select(_ => $"{random.Next(500)} {random.Next(100)}\n"))).ToArray();
        var pairs = Words().Reduce((_, values) => values.Sum(long.Parse)).WriteText();
        var general = Words().CombineValues((_, values) => [$"{values.Sum(long.Parse)}"]).Reduce((_, values) => values.Sum(long.Parse)).WriteText();
        Assert.Equal(Run(pairs, inputs), Run(general, inputs));
    }

    [Theory]
    [InlineData(TestWorkspace.Smallest), InlineData(64 << 20)]
    public void Reduce_FoldsThatOverflowTheMemory_KeepTheOrderOfTheInput(long memory)
    {
        var plan = Job.ReadLines().Map(line => new[] { (line.Text.Split(' ')[0], long.Parse(line.Text.Split(' ')[1])) })
            .Combine((_, last) => last).Reduce((_, values) => values.Last()).WriteText();
        using var test = new TestWorkspace(memory);
        var maps = Enumerable.Range(0, 6).Select(map => test.Map(plan, test.Split(string.Concat(Enumerable.Range(0, 9_000).Select(i => $"{i % 4_500} {(map * 100_000) + i}\n"))), name: $"map-{map}")).ToArray();
        var expected = Enumerable.Range(0, 4_500).Select(i => $"{i}\t{500_000 + 4_500 + i}").Order(StringComparer.Ordinal);
        Assert.Equal(expected, test.Reduce(plan, 0, maps).Order(StringComparer.Ordinal));
        Assert.Equal(maps.Sum(map => map.Segments[0].Records), test.Counters.ReduceInputRecords);
        Assert.Equal(4_500, test.Counters.ReduceInputGroups);
    }

    [Fact]
    public void Sort_DuplicateRecords_AreAllKept()
    {
        var plan = Words().Sort().WriteText();
        Assert.Equal(["a\t1", "a\t1", "a\t2", "b\t0"], Run(plan, "b 0\na 1\n", "a 1\na 2\n"));
    }

    [Fact]
    public void Sort_AfterACombiner_StillKeepsEveryRecord()
    {
        var plan = Job.ReadLines().Map(line => new[] { (line.Text, 1L) }).Combine(new Sum<long>()).Sort().WriteText();
        Assert.Equal(["a\t1", "a\t1"], Run(plan, "a\na\n"));
    }

    [Fact]
    public void Reduce_NoSegments_WritesNothing() => Assert.Empty(_test.Reduce(Words().Sort().WriteText(), 0));

    private static Pairs<string, string> Words() => Job.ReadLines().Map(line => new[] { (line.Text.Split(' ')[0], line.Text.Split(' ')[1]) });

    private string[] Run(JobPlan plan, params string[] inputs) =>
        _test.Reduce(plan, 0, [.. inputs.Select((input, i) => _test.Map(plan, _test.Split(input), name: $"map-{i}"))]);

    private sealed class TwoLoops : IReducer<string, string, string, long>
    {
        public void Reduce(string key, ref Values<string> values, Writer<string, long> output)
        {
            var count = 0;
            foreach (var _ in values) count++;
            foreach (var _ in values) count++;
            output.Write(key, count);
        }
    }
}
