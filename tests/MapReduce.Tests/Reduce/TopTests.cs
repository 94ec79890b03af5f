using MapReduce.Testing;
using MapReduce.Tests.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Reduce;

/// <summary>Limits against LINQ, with many ties, over several maps that spill.</summary>
public sealed class TopTests
{
    // What a sort leaves for records out of this is 128 KiB.
    private const long Spilling = (2L << 20) + (128 << 10);

    private readonly (string Key, int Value)[] _records = Records();

    [Theory]
    [InlineData(1), InlineData(10), InlineData(1_000_000)]
    public void Top_Ties_AreByKey(int count) => Assert.Equal(
        _records.OrderByDescending(record => record.Value).ThenBy(record => record.Key, StringComparer.Ordinal).Take(count).Select(record => $"{record.Key}\t{record.Value}"),
        Run(Pairs().Top(count).WriteText()));

    [Fact]
    public void Top_BySelector_TiesAreByKeyThenValue() => Assert.Equal(
        _records.OrderByDescending(record => record.Key.Length).ThenBy(record => record.Key, StringComparer.Ordinal).ThenBy(record => record.Value).Take(50).Select(record => $"{record.Key}\t{record.Value}"),
        Run(Pairs().Top(50, (key, _) => key.Length).WriteText()));

    [Fact]
    public void Top_SmallestFirst_ByDescending() => Assert.Equal(
        _records.OrderBy(record => record.Value).ThenBy(record => record.Key, StringComparer.Ordinal).Take(7).Select(record => $"{record.Key}\t{record.Value}"),
        Run(Pairs().Top(7, (_, value) => new Descending<int>(value)).WriteText()));

    [Theory]
    [InlineData(1), InlineData(3), InlineData(1_000_000)]
    public void TopValues_EachKey_HasItsLargest(int count) => Assert.Equal(
        _records.GroupBy(record => record.Key).OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => group.Select(record => record.Value).OrderDescending().Take(count).Select(value => $"{group.Key}\t{value}")),
        Run(Pairs().TopValues(count).WriteText()));

    [Fact]
    public void TopValues_BySelector_TiesAreByValue() => Assert.Equal(
        _records.GroupBy(record => record.Key).OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => group.Select(record => record.Value).OrderByDescending(value => value % 7).ThenBy(value => value).Take(5).Select(value => $"{group.Key}\t{value}")),
        Run(Pairs().TopValues(5, value => value % 7).WriteText()));

    [Fact]
    public void TopValues_MapOutput_HoldsNoMoreThanTheLimit()
    {
        using var test = new TestWorkspace(Spilling);
        var map = test.Map(Pairs().TopValues(2).WriteText(), test.Numbers(_records.Length));
        Assert.Equal(2 * _records.Select(record => record.Key).Distinct().Count(), map.Segments[0].Records);
    }

    [Fact]
    public void GroupBy_PartOfTheKey_ValuesComeInTheOrderOfTheKeys() => Assert.Equal(
        _records.GroupBy(record => record.Key[..2]).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key}\t{string.Join(',', group.OrderBy(record => record.Key, StringComparer.Ordinal).Select(record => $"{record.Key}:{record.Value}"))}"),
        Run(Pairs().GroupBy(key => key[..2]).Reduce((_, records) => string.Join(',', records.Select(record => $"{record.Key}:{record.Value}"))).WriteText()));

    [Fact]
    public void Top_OfResults_IsAStepOfItsOwn()
    {
        var random = new Random(4);
        string[] words = [.. Enumerable.Range(0, 3_000).Select(_ => $"w{random.Next(60) * random.Next(60)}")];
        var plan = Job.ReadLines().Map(line => new[] { (line.Text, 1L) }).Combine(new Sum<long>()).Reduce((_, counts) => counts.Sum()).Top(20).WriteText();
        var expected = words.CountBy(word => word).OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(20).Select(word => $"{word.Key}\t{word.Value}");
        Assert.Equal(expected, JobTest.Run(plan, words).Lines);
    }

    [Fact]
    public void TopValues_CutOrCombinedOften_GivesTheSame()
    {
        var plan = Job.ReadLines().Map(line => new[] { (line.Text[..1], line.Text) }).TopValues(3).WriteText();
        string[] lines = [.. _records.Take(2_000).Select(record => $"{record.Value % 5 + 5}{record.Key}")];
        var expected = lines.GroupBy(line => line[..1]).OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => group.OrderDescending(StringComparer.Ordinal).Take(3).Select(line => $"{group.Key}\t{line}"));
        Assert.Equal(expected, JobTest.Run(plan, lines).Lines);
    }

    [Theory]
    [InlineData(0), InlineData(-1)]
    public void Top_CountBelowOne_IsRefused(int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Pairs().Top(count));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pairs().TopValues(count));
    }

    [Fact]
    public void Top_WithACombiner_IsRefused() =>
        Assert.Contains("set it after Top", Assert.Throws<NotSupportedException>(() => Pairs().Combine((a, b) => a + b).Top(3)).Message, StringComparison.Ordinal);

    private static (string Key, int Value)[] Records()
    {
        var random = new Random(8);
        return [.. Enumerable.Range(0, 12_000).Select(_ => ($"k{random.Next(30)}{new string('x', random.Next(3))}", random.Next(-40, 40)))];
    }

    private Pairs<string, int> Pairs() => Job.ReadLines().Map(line => new[] { _records[int.Parse(line.Text, null)] });

    private string[] Run(JobPlan plan)
    {
        using var test = new TestWorkspace(Spilling);
        var lines = Enumerable.Range(0, _records.Length).Chunk(5_000).Select(chunk => string.Concat(chunk.Select(number => $"{number}\n")));
        return test.Reduce(plan, 0, [.. lines.Select((chunk, i) => test.Map(plan, test.Split(chunk), name: $"map-{i}"))]);
    }
}
