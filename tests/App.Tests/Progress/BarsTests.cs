using App.Tests.Support;
using MapReduce.App.Progress;
using MapReduce.Protocol;

namespace App.Tests.Progress;

public sealed class BarsTests
{
    [Fact]
    public async Task ShowAsync_JobEnds_ReturnsItsStatus()
    {
        using var host = new TestHost();
        var view = new BarView(host.With(bars: true));
        var job = new TaskCompletionSource<JobStatus>();
        var shown = view.FollowAsync(progress =>
        {
            progress!.Report(Statuses.Of(JobState.Mapping, mapProgress: 0.5));
            return job.Task;
        });
        job.SetResult(Statuses.Succeeded);
        Assert.Same(Statuses.Succeeded, await shown);
    }

    [Fact]
    public async Task ShowAsync_JobRuns_DrawsABarForEachPhase()
    {
        using var host = new TestHost();
        var latest = new LatestStatus();
        latest.Report(Statuses.Of(JobState.Mapping, mapProgress: 0.5));
        var job = new TaskCompletionSource();
        var shown = Bars.ShowAsync(job.Task, latest, host.With(bars: true));
        job.SetResult();
        await shown;
        Assert.Contains("map", host.Error.ToString(), StringComparison.Ordinal);
    }
}
