using App.Tests.Support;
using MapReduce.App.Progress;
using MapReduce.Protocol;

namespace App.Tests.Progress;

public sealed class LineProgressTests : IDisposable
{
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly ManualTime _time = new();
    private readonly LineProgress _progress;

    public LineProgressTests() => _progress = new LineProgress(_error, _time);

    [Fact]
    public void Report_EveryPhase_WritesOneLineEach()
    {
        foreach (var state in Enum.GetValues<JobState>())
            for (var i = 0; i < 3; i++) _progress.Report(Statuses.Of(state));
        Assert.Equal(
            """
            planning: cutting the input into splits
            map: 8 tasks, 1.00 GiB
            shuffle+reduce: 2 tasks
            committing the output

            """,
            _error.ToString());
    }

    [Fact]
    public void Report_TenSecondsInAPhase_WritesHowFarItIs()
    {
        _progress.Report(Statuses.Of(JobState.Mapping));
        _time.Advance(10);
        _progress.Report(Statuses.Of(JobState.Mapping, mapProgress: 0.5));
        Assert.EndsWith("map: 50 %, 4 of 8 tasks, 51.2 MiB/s, 10 s left, 4 retried, 4 backup\n", _error.ToString());
    }

    [Fact]
    public void Report_OnlyTheEndSeen_WritesEveryPhasePassed()
    {
        _progress.Report(Statuses.Succeeded);
        Assert.Equal(
            """
            planning: cutting the input into splits
            map: 8 tasks, 1.00 GiB
            shuffle+reduce: 2 tasks
            committing the output

            """,
            _error.ToString());
    }

    [Fact]
    public void Report_SkippedMap_WritesItBeforeReduce()
    {
        _progress.Report(Statuses.Of(JobState.Planning));
        _progress.Report(Statuses.Of(JobState.Reducing, mapProgress: 1));
        Assert.EndsWith("map: 8 tasks, 1.00 GiB\nshuffle+reduce: 2 tasks\n", _error.ToString());
    }

    [Fact]
    public void Report_FailedInMap_WritesNoLaterPhase()
    {
        _progress.Report(Statuses.Of(JobState.Failed, mapProgress: 0.5));
        Assert.EndsWith("map: 8 tasks, 1.00 GiB\n", _error.ToString());
    }

    public void Dispose() => _error.Dispose();
}
