using System.Globalization;
using MapReduce.Map;
using MapReduce.Tests.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Reduce;

/// <summary>Secondary sort against LINQ: keys that are prefixes of each other or hold zeros, many duplicates, spills, several maps.</summary>
public sealed class SortValuesTests
{
    // What a sort leaves for records out of this is 128 KiB.
    private const long Spilling = (2L << 20) + (128 << 10);

    private static readonly string[] Keys = ["", "\0", "\0\0", "\0\u0001", "a", "a\0", "a\0\u0001", "ab", "b", "\u00FF", "long key of more than sixteen bytes", "long key of more than sixteen bytes\0"];

    private readonly (string Key, int Value)[] _records = Records(seed: 5, count: 20_000);

    [Theory]
    [InlineData(Spilling), InlineData(64L << 20)]
    public void SortValues_TextKeys_ValuesAscend(long memory) => AssertSame(
        _records.GroupBy(record => record.Key, (key, records) => (key, Text(records.Select(record => record.Value).Order()))),
        Pairs(_records).SortValues(), memory);

    [Theory]
    [InlineData(Spilling), InlineData(64L << 20)]
    public void SortValuesBy_PartOfTheValue_EqualOnesKeepTheOrderOfTheInput(long memory) => AssertSame(
        _records.GroupBy(record => record.Key, (key, records) => (key, Text(records.Select(record => record.Value).OrderBy(value => value % 10)))),
        Pairs(_records).SortValuesBy(value => value % 10), memory);

    [Fact]
    public void SortValuesByDescending_PartOfTheValue_EqualOnesKeepTheOrderOfTheInput() => AssertSame(
        _records.GroupBy(record => record.Key, (key, records) => (key, Text(records.Select(record => record.Value).OrderByDescending(value => value % 10)))),
        Pairs(_records).SortValuesByDescending(value => value % 10), Spilling);

    [Fact]
    public void SortValuesBy_TextUpAndNumberDown_AreInThatOrder() => AssertSame(
        _records.GroupBy(record => record.Key, (key, records) => (key, Text(records.Select(record => record.Value).OrderBy(Name, StringComparer.Ordinal).ThenByDescending(value => value)))),
        Pairs(_records).SortValuesBy(value => (Name(value), new Descending<int>(value))), Spilling);

    [Fact]
    public void SortValues_KeysOfFixedLength_ValuesAscend()
    {
        var plan = Job.ReadLines().Map(line => new[] { (Number(line) % 7, $"{Number(line) % 100}") }).SortValues().Reduce((_, values) => string.Join(',', values)).WriteText();
        using var test = new TestWorkspace();
        var expected = Enumerable.Range(0, 1_000).GroupBy(number => number % 7, (key, all) => $"{key}\t{string.Join(',', all.Select(number => $"{number % 100}").Order(StringComparer.Ordinal))}");
        Assert.Equal(expected, test.Reduce(plan, 0, test.Map(plan, test.Numbers(1_000))));
    }

    [Fact]
    public void SortValues_SpansAsKeyAndValue_ValuesAscend()
    {
        var plan = Job.ReadLines().Map<ReadOnlySpan<byte>, ReadOnlySpan<byte>>((line, output) => output.Emit(line[^1..], line)).SortValues()
            .Reduce<ReadOnlySpan<byte>, ReadOnlySpan<byte>>(() => new EachValue()).WriteText();
        using var test = new TestWorkspace();
        var expected = Enumerable.Range(0, 3_000).Select(number => $"{number % 10}\t{number}").Order(StringComparer.Ordinal);
        Assert.Equal(expected, test.Reduce(plan, 0, test.Map(plan, test.Numbers(3_000))));
    }

    [Fact]
    public void SortValues_WithTotalOrder_PartsAreInOrder()
    {
        var plan = Pairs(_records).SortValues().Sort().WriteText();
        using var test = new TestWorkspace(Spilling);
        var split = test.Numbers(_records.Length);
        var boundaries = plan.Steps[0].Sample(split, 4, StepRuns.Context(test), test.Workspace);
        var map = test.Map(plan, split, new RangePartitioner(4, boundaries));
        var expected = _records.OrderBy(record => record.Key, StringComparer.Ordinal).ThenBy(record => record.Value).Select(record => $"{Hex(record.Key)}\t{record.Value}");
        Assert.Equal(expected, Enumerable.Range(0, 4).SelectMany(partition => test.Reduce(plan, partition, map)).Select(Shown));
    }

    [Fact]
    public void SortValues_ReducerTakesSomeValues_GoesToTheNextKey()
    {
        var plan = Pairs(_records).SortValues().Reduce((_, values) => values.First()).WriteText();
        using var test = new TestWorkspace();
        var expected = _records.GroupBy(record => record.Key).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{Hex(group.Key)}\t{group.Min(record => record.Value)}");
        Assert.Equal(expected, test.Reduce(plan, 0, test.Map(plan, test.Numbers(_records.Length))).Select(Shown));
    }

    [Fact]
    public void SortValues_WithACombiner_IsRefused()
    {
        var pairs = Pairs(_records).Combine((a, b) => a + b).SortValues();
        Assert.Contains("leave the combiner out", Assert.Throws<NotSupportedException>(() => pairs.Reduce((_, values) => values.Sum())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SortValues_WithoutAReduce_IsRefused() =>
        Assert.Contains("or reduce", Assert.Throws<NotSupportedException>(() => Pairs(_records).SortValues().WriteText()).Message, StringComparison.Ordinal);

    [Fact]
    public void SortValuesBy_TypeWithoutCodec_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => Pairs(_records).SortValuesBy(_ => new Uri("a:b")));

    private static (string Key, int Value)[] Records(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (Keys[random.Next(Keys.Length)], random.Next(-500, 500)))];
    }

    private static Pairs<string, int> Pairs((string Key, int Value)[] records) => Job.ReadLines().Map(line => new[] { records[Number(line)] });

    private static void AssertSame(IEnumerable<(string Key, string Values)> expected, Pairs<string, int> pairs, long memory)
    {
        var plan = pairs.Reduce((_, values) => Text(values)).WriteText();
        using var test = new TestWorkspace(memory);
        var lines = Enumerable.Range(0, 20_000).Chunk(7_000).Select(chunk => string.Concat(chunk.Select(number => $"{number}\n")));
        var maps = lines.Select((chunk, i) => test.Map(plan, test.Split(chunk), name: $"map-{i}")).ToArray();
        Assert.Equal(expected.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{Hex(group.Key)}\t{group.Values}"), test.Reduce(plan, 0, maps).Select(Shown));
    }

    // Keys hold control characters: shown, they cannot be mistaken.
    private static string Shown(string line) => $"{Hex(line[..line.IndexOf('\t', StringComparison.Ordinal)])}{line[line.IndexOf('\t', StringComparison.Ordinal)..]}";

    private static string Hex(string key) => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(key));

    private static string Text(IEnumerable<int> values) => string.Join(',', values);

    private static string Name(int value) => $"n{value % 10}";

    private static int Number(Line line) => int.Parse(line.Text, CultureInfo.InvariantCulture);

    private sealed class EachValue : IReducer<ReadOnlySpan<byte>, ReadOnlySpan<byte>, ReadOnlySpan<byte>, ReadOnlySpan<byte>>
    {
        public void Reduce(ReadOnlySpan<byte> key, ref Values<ReadOnlySpan<byte>> values, Writer<ReadOnlySpan<byte>, ReadOnlySpan<byte>> output)
        {
            foreach (var value in values) output.Write(key, value);
        }
    }
}
