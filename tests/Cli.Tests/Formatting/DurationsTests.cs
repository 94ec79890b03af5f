using MapReduce.Cli.Formatting;

namespace Cli.Tests.Formatting;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(0.842, "0.84 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(59.97, "0 min 59 s")]
    [InlineData(245, "4 min 05 s")]
    [InlineData(11_220, "3 h 07 min")]
    public void Format_Time_IsInTheUnitThatFits(double seconds, string text) => Assert.Equal(text, Durations.Format(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void FormatRough_Seconds_AreWhole() => Assert.Equal("7 s", Durations.FormatRough(TimeSpan.FromSeconds(6.2)));
}
