using MapReduce.App.Progress;

namespace App.Tests.Progress;

public sealed class BarLayoutTests
{
    private const string Long = "1,234 of 5,678 tasks, 512 MiB/s, 4 min 05 s left, 12 retried, 3 backup";

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(132)]
    public void Detail_AnyWidth_LeavesThePhaseOnOneLine(int width)
    {
        var used = "shuffle+reduce ".Length + BarLayout.Bar(width) + 1 + "100% ".Length + BarLayout.Detail(Long, width).Length;
        Assert.True(used < Math.Max(width, 32), $"{used} cells of {width}");
    }

    [Fact]
    public void Detail_EightyColumns_DropsWholePartsFromTheEnd() =>
        Assert.Equal("1,234 of 5,678 tasks, 512 MiB/s, 4 min 05 s left", BarLayout.Detail(Long, 80));

    [Fact]
    public void Detail_WideTerminal_KeepsEverything() => Assert.Equal(Long, BarLayout.Detail(Long, 120));
}
