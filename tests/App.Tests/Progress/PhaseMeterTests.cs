using App.Tests.Support;
using MapReduce.App.Progress;
using MapReduce.Protocol;

namespace App.Tests.Progress;

public sealed class PhaseMeterTests
{
    private readonly ManualTime _time = new();
    private readonly PhaseMeter _meter;

    public PhaseMeterTests() => _meter = new PhaseMeter(_time);

    [Fact]
    public void Update_Committing_IsNoPhase() => Assert.Null(_meter.Update(Statuses.Of(JobState.Committing)));

    [Fact]
    public void Update_TooEarly_HasNoEstimate() => Assert.Null(_meter.Update(Statuses.Of(JobState.Mapping))!.Left);

    [Fact]
    public void Update_QuarterAfterASecond_LeavesThree() =>
        Assert.Equal(TimeSpan.FromSeconds(3), AfterASecond(JobState.Mapping, from: 0, to: 0.25).Left);

    [Fact]
    public void Update_QuarterOfOneGiBAfterASecond_Is256MiBASecond() =>
        Assert.Equal(256L << 20, AfterASecond(JobState.Mapping, from: 0, to: 0.25).BytesPerSecond);

    [Fact]
    public void Update_NewPhase_MeasuresFromItsOwnStart()
    {
        AfterASecond(JobState.Mapping, from: 0, to: 1);
        Assert.Equal(TimeSpan.FromSeconds(1), AfterASecond(JobState.Reducing, from: 0, to: 0.5).Left);
    }

    [Fact]
    public void Update_MapsOfASecondStep_MeasureFromTheirOwnStart()
    {
        AfterASecond(JobState.Mapping, from: 0.1, to: 1);
        Assert.Equal(TimeSpan.FromSeconds(1), AfterASecond(JobState.Mapping, from: 0, to: 0.5).Left);
    }

    private PhaseProgress AfterASecond(JobState state, double from, double to)
    {
        _meter.Update(Status(state, from));
        _time.Advance(1);
        return _meter.Update(Status(state, to))!;
    }

    private static JobStatus Status(JobState state, double progress) =>
        state == JobState.Mapping ? Statuses.Of(state, mapProgress: progress) : Statuses.Of(state, mapProgress: 1, reduceProgress: progress);
}
