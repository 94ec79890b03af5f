using MapReduce.Input;
using MapReduce.Reduce;
using MapReduce.Testing;
using MapReduce.Tests.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Reduce;

/// <summary>Joins against LINQ: duplicates on both sides, keys that one side lacks, a skewed key whose left side spills.</summary>
public sealed class JoinTests
{
    // What the left side of a key may take of this is 272 KiB.
    private const long Spilling = (2L << 20) + (128 << 10), Roomy = 64L << 20;

    private static readonly (string Key, string Value)[] Lefts = Side(seed: 1, count: 300, keys: 40, skew: 9_000, prefix: "l");

    private static readonly (string Key, string Value)[] Rights = Side(seed: 2, count: 300, keys: 50, skew: 3, prefix: "r");

    [Theory]
    [InlineData(Spilling), InlineData(Roomy)]
    public void Join_Duplicates_AreEachWithEach(long memory) => Assert.Equal(
        Expected(Lefts, Rights, (lefts, rights) => from right in rights from left in lefts select (left, right)),
        Run(Read("left").Join(Read("right"), Both), Lefts, Rights, memory));

    [Theory]
    [InlineData(Spilling), InlineData(Roomy)]
    public void LeftJoin_KeysWithoutRight_ComeOnce(long memory) => Assert.Equal(
        Expected(Lefts, Rights, (lefts, rights) => from right in rights.DefaultIfEmpty() from left in lefts select (left, right)),
        Run(Read("left").LeftJoin(Read("right"), Both), Lefts, Rights, memory));

    [Theory]
    [InlineData(Spilling), InlineData(Roomy)]
    public void FullJoin_KeysWithoutTheOtherSide_ComeOnce(long memory) => Assert.Equal(
        Expected(Lefts, Rights, (lefts, rights) => from right in rights.DefaultIfEmpty() from left in lefts.DefaultIfEmpty() select (left, right)),
        Run(Read("left").FullJoin(Read("right"), Both), Lefts, Rights, memory));

    [Fact]
    public void LeftJoin_SkewedKeyWithoutRight_ComesOnce() => Assert.Equal(
        Lefts.OrderBy(left => left.Key, StringComparer.Ordinal).Select(left => $"{left.Key}\t{left.Value}-"),
        Run(Read("left").LeftJoin(Read("right"), Both), Lefts, [], Spilling));

    [Fact]
    public void FullJoin_EmptyLeft_GivesTheRight() => Assert.Equal(
        Rights.OrderBy(right => right.Key, StringComparer.Ordinal).Select(right => $"{right.Key}\t-{right.Value}"),
        Run(Read("left").FullJoin(Read("right"), Both), [], Rights, Roomy));

    [Fact]
    public void Join_OneSideEmpty_IsEmpty()
    {
        Assert.Empty(Run(Read("left").Join(Read("right"), Both), Lefts, [], Roomy));
        Assert.Empty(Run(Read("left").Join(Read("right"), Both), [], Rights, Roomy));
    }

    [Fact]
    public void LeftJoin_NullableNumbers_TellNothingFromZero()
    {
        var lefts = Job.ReadLines("left").Map(line => new[] { (line.Text.Split(' ')[0], line.Text) });
        var rights = Job.ReadLines("right").Map(line => new[] { (line.Text.Split(' ')[0], (int?)0) });
        var plan = lefts.LeftJoin(rights, (_, _, right) => right is null ? "none" : "zero");
        Assert.Equal(["a\tzero", "b\tnone"], Run(plan, [("a", "x"), ("b", "y")], [("a", "z")], Roomy));
    }

    [Fact]
    public void Join_WithACombiner_IsRefused()
    {
        var counts = Job.ReadLines("left").Map(line => new[] { (line.Text, 1L) }).Combine(new Sum<long>());
        Assert.Contains("set it after Join, or leave it out", Assert.Throws<NotSupportedException>(() => counts.Join(Read("right"), (_, left, right) => (left, right))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_CutOrRunUnderFaults_GivesTheSame()
    {
        var plan = Read("left").Join(Read("right"), Both).WriteText();
        TestFile[] files = [new("left", Lines(Lefts[..500])), new("right", Lines(Rights))];
        var expected = Expected(Lefts[..500], Rights, (lefts, rights) => from right in rights from left in lefts select (left, right));
        Assert.Equal(expected, JobTest.Run(plan, files).Lines);
        Assert.Equal(expected.Order(StringComparer.Ordinal), JobTest.RunUnderFaults(plan, files, seed: 11).Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Clear_AfterASpill_LeavesNoFile()
    {
        using var test = new TestWorkspace(Spilling);
        System.IO.Directory.CreateDirectory(test.Directory);
        var values = LeftValues<string>.Create(test.Workspace);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 8_000; i++) values.Add($"value {i}");
            Assert.Single(System.IO.Directory.GetFiles(test.Directory));
            if (round > 0) Assert.Equal(8_000, values.InMemory.Length + values.Spilled().Count());
            values.Clear();
            Assert.Empty(System.IO.Directory.GetFiles(test.Directory));
        }
    }

    private static (string Key, string Value)[] Side(int seed, int count, int keys, int skew, string prefix)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => $"k{random.Next(keys) + (10 * seed)}").Concat(Enumerable.Repeat("skewed", skew)).OrderBy(_ => random.Next()).Select((key, i) => (key, $"{prefix}{i}"))];
    }

    private static Pairs<string, string> Read(string input) => Job.ReadLines(input).Map(line => new[] { (line.Text.Split(' ')[0], line.Text.Split(' ')[1]) });

    private static IEnumerable<string> Lines(IEnumerable<(string Key, string Value)> side) => side.Select(record => $"{record.Key} {record.Value}");

    private static string Both(string key, string? left, string? right) => $"{left}-{right}";

    private static IEnumerable<string> Expected((string Key, string Value)[] lefts, (string Key, string Value)[] rights, Func<IEnumerable<string>, IEnumerable<string>, IEnumerable<(string?, string?)>> join)
    {
        var left = lefts.ToLookup(side => side.Key, side => side.Value);
        var right = rights.ToLookup(side => side.Key, side => side.Value);
        return lefts.Concat(rights).Select(side => side.Key).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(key => join(left[key], right[key]).Select(pair => $"{key}\t{pair.Item1}-{pair.Item2}"));
    }

    private static string[] Run(Results<string, string> joined, (string Key, string Value)[] lefts, (string Key, string Value)[] rights, long memory)
    {
        var plan = joined.WriteText();
        using var test = new TestWorkspace(memory);
        // The right side is mapped first: the order of the maps must not matter for the sides.
        var maps = Splits(test, rights, source: 1).Concat(Splits(test, lefts, source: 0)).Select((split, i) => test.Map(plan, split, name: $"map-{i}")).ToArray();
        return test.Reduce(plan, 0, maps);
    }

    private static IEnumerable<InputSplit> Splits(TestWorkspace test, (string Key, string Value)[] side, int source) =>
        side.Chunk(4_000).Select(chunk => new InputSplit([.. test.Split(string.Concat(Lines(chunk).Select(line => line + "\n"))).Pieces.Select(piece => piece with { Source = source })]));
}
