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
    public void Report_SeveralSteps_SaysWhichOfThem()
    {
        foreach (var step in (int[])[1, 2, 3])
            foreach (var state in (JobState[])[JobState.Planning, JobState.Mapping, JobState.Reducing]) _progress.Report(Statuses.Of(state) with { Step = step, Steps = 3 });
        _progress.Report(Statuses.Succeeded with { Step = 3, Steps = 3 });
        Assert.Equal(
            """
            planning: cutting the input into splits
            step 1/3, map: 8 tasks, 1.00 GiB
            step 1/3, shuffle+reduce: 2 tasks
            step 2/3, map: 8 tasks
            step 2/3, shuffle+reduce: 2 tasks
            step 3/3, map: 8 tasks
            step 3/3, shuffle+reduce: 2 tasks
            committing the output

            """,
            _error.ToString());
    }

    [Fact]
    public void Report_TenSecondsInALaterStep_HasNoRateOfInput()
    {
        _progress.Report(Statuses.Of(JobState.Mapping) with { Step = 2, Steps = 2 });
        _time.Advance(10);
        _progress.Report(Statuses.Of(JobState.Mapping, mapProgress: 0.5) with { Step = 2, Steps = 2 });
        Assert.EndsWith("step 2/2, map: 50 %, 4 of 8 tasks, 10 s left, 4 retried, 4 backup\n", _error.ToString());
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
