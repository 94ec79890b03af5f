using MapReduce.AppHost.Portable.Services;

namespace AppHost.Tests.Portable.Services;

public sealed class RestartPauseTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Next_DiesYoungAgainAndAgain_DoublesUpToTenSeconds()
    {
        var pause = new RestartPause(_time);
        pause.Started();
        Assert.Equal([0.5, 1, 2, 4, 8, 10, 10], Enumerable.Range(0, 7).Select(_ => pause.Next().TotalSeconds));
    }

    [Fact]
    public void Next_RanForHalfAMinute_BeginsAnew()
    {
        var pause = new RestartPause(_time);
        pause.Started();
        pause.Next();
        pause.Started();
        _time.Seconds = 30;
        Assert.Equal(0.5, pause.Next().TotalSeconds);
    }

    private sealed class ManualTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
