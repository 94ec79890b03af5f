using System.Globalization;
using MapReduce.Map;
using MapReduce.Serialization;
using MapReduce.Tests.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Reduce;

/// <summary>Keys and values of every kind through map, fold, sort, merge and reduce, against LINQ.</summary>
public sealed class TypedJobTests : IDisposable
{
    private readonly TestWorkspace _test = new(4 << 20);

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Reduce_RecordKeys_AreGroupedAndInOrder()
    {
        var plan = Job.ReadLines().Map(line => new[] { (new Day(DateOnly.FromDayNumber(Number(line) % 7), Number(line) % 2 == 0 ? null : "odd"), (decimal)Number(line)) })
            .Reduce((_, values) => values.Sum()).WriteText();
        var expected = Enumerable.Range(0, 500).GroupBy(number => (Date: DateOnly.FromDayNumber(number % 7), Kind: number % 2 == 0 ? "" : "odd"))
            .OrderBy(group => group.Key.Date).ThenBy(group => group.Key.Kind, StringComparer.Ordinal)
            .Select(group => $"{group.Key.Date.ToString("O", CultureInfo.InvariantCulture)}\t{group.Key.Kind}\t{group.Sum()}");
        Assert.Equal(expected, _test.Reduce(plan, 0, _test.Map(plan, _test.Numbers(500))));
    }

    [Fact]
    public void Combine_ValuesOfVaryingLength_AreFolded()
    {
        var plan = Job.ReadLines().Map(line => new[] { (Number(line) % 3, new Tally(1)) })
            .Combine((left, right) => new Tally(left.Count + right.Count)).Reduce((_, values) => values.Sum(value => value.Count)).WriteText();
        Assert.Equal(["0\t40", "1\t40", "2\t40"], _test.Reduce(plan, 0, _test.Map(plan, _test.Numbers(120))));
    }

    [Fact]
    public void Reduce_ReducerThrowsOnATypedKey_ShowsItAsAnOutputWould()
    {
        var plan = Job.ReadLines().Map(line => new[] { (new Day(DateOnly.FromDayNumber(Number(line)), "odd"), Number(line)) })
            .Reduce((_, values) => 1 / values.Sum()).WriteText();
        Assert.Contains("on key '0001-01-01, odd': DivideByZero", Assert.Throws<UserCodeException>(() => _test.Reduce(plan, 0, _test.Map(plan, _test.Numbers(1)))).Message, StringComparison.Ordinal);
    }

    private static int Number(Line line) => int.Parse(line.Text, CultureInfo.InvariantCulture);

    private sealed record Day(DateOnly Date, string? Kind);

    /// <summary>As many bytes as it counts.</summary>
    [Codec(typeof(TallyCodec))]
    private readonly record struct Tally(int Count);

    private readonly struct TallyCodec : ICodec<Tally>
    {
        public static int FixedLength => -1;

        public static int MaxLength(Tally value) => value.Count;

        public static int Encode(Tally value, Span<byte> destination)
        {
            destination[..value.Count].Fill(1);
            return value.Count;
        }

        public static Tally Decode(ReadOnlySpan<byte> bytes) => new(bytes.Length);
    }
}
