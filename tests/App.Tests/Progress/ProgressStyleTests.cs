using MapReduce.App.Progress;

namespace App.Tests.Progress;

public sealed class ProgressStyleTests
{
    [Theory]
    [InlineData(false, "", true, true)]
    [InlineData(true, "", false, false)]
    [InlineData(false, "TERM=dumb", false, false)]
    [InlineData(false, "TERM=xterm", true, true)]
    [InlineData(false, "CI=true", false, false)]
    [InlineData(false, "CI=", true, true)]
    [InlineData(false, "NO_COLOR=1", true, false)]
    [InlineData(false, "NO_COLOR=", true, true)]
    public void Choose_Environment_DecidesOnBarsAndColor(bool isRedirected, string variable, bool bars, bool color) =>
        Assert.Equal(
            new ProgressStyle(bars, color),
            ProgressStyle.Choose(isRedirected, name => variable.StartsWith(name + "=", StringComparison.Ordinal) ? variable[(name.Length + 1)..] : null));
}
