namespace MapReduce.Tests.Programming;

/// <summary>What a step without a reduce cannot do is refused: left out in silence, it would give another output than was asked for.</summary>
public class MapOnlyPlanTests
{
    private static readonly Pairs<string, long> Words = Job.ReadLines().Map(line => new[] { (line.Text, 1L) });

    [Fact]
    public void WriteText_CombinedWithoutAReduce_IsRefused() => AssertRefused(() => Words.Combine((a, b) => a + b).WriteText());

    [Fact]
    public void WriteText_CombinedByValuesWithoutAReduce_IsRefused() => AssertRefused(() => Words.CombineValues((_, counts) => [counts.Sum()]).WriteText());

    [Fact]
    public void WriteText_TotalOrderWithoutAReduce_IsRefused() => AssertRefused(() => Words.TotalOrder().WriteText());

    [Fact]
    public void Map_CombinedWithoutAReduce_IsRefused() =>
        AssertRefused(() => Words.Combine((a, b) => a + b).Map((word, count) => new[] { (word, count) }).WriteText());

    private static void AssertRefused(Func<JobPlan> plan) =>
        Assert.Contains("or reduce", Assert.Throws<NotSupportedException>(plan).Message, StringComparison.Ordinal);
}
