using Jobs.Tests.Support;
using MapReduce.Jobs;
using MapReduce.Testing;

namespace Jobs.Tests;

public sealed class HistogramTests
{
    // Numbers of two decimals on both sides of zero, as a program would log them.
    private static readonly string[] Measured =
        [.. Enumerable.Range(0, 500).Select(n => $"id{n},{((n * 7919) % 20011) - 10000},{Fraction(n)}")];

    private static string Fraction(int n) => $"{((n * 37) % 100) - 50}.{(n * 61) % 100:00}";

    [Theory]
    [InlineData("10")]
    [InlineData("0.5")]
    [InlineData("7")]
    public void Run_Column_IsWhatAwkCounts(string width) => Assert.Equal(
        Shell.Run($$"""awk -F, '{ n = $3 / {{width}}; b = int(n); if (b > n) b--; count[b]++ } END { for (b in count) print b * {{width}} "\t" count[b] }' | sort -n""", Measured),
        JobTest.Run(new Histogram().Plan(new(width, Field: 3, Separator: ",")), Measured).Lines);

    [Fact]
    public void Run_NegativeNumbers_GoDown() =>
        Assert.Equal(["-10\t2", "0\t1"], JobTest.Run(new Histogram().Plan(new("10")), "-1", "0", "-10").Lines);

    [Fact]
    public void Run_BinaryFractionsWouldRound_FallIntoTheirBucket() =>
        Assert.Equal(["0.3\t1", "0.7\t1"], JobTest.Run(new Histogram().Plan(new("0.1")), "0.3", "7e-1").Lines);

    [Fact]
    public void Run_FieldIsText_FailsAndNamesIt() => Assert.Contains(
        "field 2 is not a number but 'seconds'", Assert.Throws<JobTestException>(() => JobTest.Run(new Histogram().Plan(new("1", 2, ",")), "id,seconds", "1,2")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("wide")]
    public void Plan_WidthIsNoWidth_Refuses(string width) => Assert.Throws<ArgumentException>(() => new Histogram().Plan(new(width)));
}
