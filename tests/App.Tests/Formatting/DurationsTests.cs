using MapReduce.App.Formatting;

namespace App.Tests.Formatting;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(0.842, "0.84 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(59.97, "0 min 59 s")]
    [InlineData(245, "4 min 05 s")]
    [InlineData(11_220, "3 h 07 min")]
    public void Format_Time_IsInTheUnitThatFits(double seconds, string text) => Assert.Equal(text, Durations.Format(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("10s", 10)]
    [InlineData("5m", 300)]
    [InlineData("5 min", 300)]
    [InlineData("1.5h", 5_400)]
    [InlineData("2d", 172_800)]
    public void TryParse_Time_IsRead(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out var time));
        Assert.Equal(TimeSpan.FromSeconds(seconds), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("s")]
    [InlineData("1w")]
    [InlineData("99999999h")]
    public void TryParse_NoTime_IsRefused(string text) => Assert.False(Durations.TryParse(text, out _));

    [Fact]
    public void FormatRough_Seconds_AreWhole() => Assert.Equal("7 s", Durations.FormatRough(TimeSpan.FromSeconds(6.2)));
}
