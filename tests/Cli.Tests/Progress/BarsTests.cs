using Cli.Tests.Support;
using MapReduce.Cli;
using MapReduce.Cli.Progress;
using MapReduce.Protocol;

namespace Cli.Tests.Progress;

public sealed class BarsTests
{
    [Fact]
    public async Task ShowAsync_JobEnds_ReturnsItsStatus()
    {
        using var host = new TestHost();
        var view = new BarView(new CliHost { Out = host.Out, Error = host.Error, Style = new ProgressStyle(true, false), Interrupt = host.Interrupt });
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
        var shown = Bars.ShowAsync(job.Task, latest, new CliHost { Out = host.Out, Error = host.Error, Style = new ProgressStyle(true, false), Interrupt = host.Interrupt });
        job.SetResult();
        await shown;
        Assert.Contains("map", host.Error.ToString(), StringComparison.Ordinal);
    }
}
