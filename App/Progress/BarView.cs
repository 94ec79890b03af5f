using MapReduce.App.Commands;
using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>Bars on a terminal. A job that ends before anybody could read them shows none, and does not pay for them.</summary>
internal sealed class BarView(CliHost host) : RunView
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public override async Task<JobStatus> FollowAsync(Func<IProgress<JobStatus>?, Task<JobStatus>> run)
    {
        var latest = new LatestStatus();
        var job = run(latest);
        await Task.WhenAny(job, Task.Delay(Patience, host.Time));
        if (!job.IsCompleted) await Bars.ShowAsync(job, latest, host);
        return await job;
    }

    public override void Submitted(JobStatus job, Uri master) => Summary.WriteSubmitted(job, master, host.Error);

    public override void End(RunRequest request, RunResult result) => Summary.Write(request, result, host.Out, host.Error);
}

/// <summary>Keeps the last status. Safe for concurrent use.</summary>
internal sealed class LatestStatus : IProgress<JobStatus>
{
    private volatile JobStatus? _status;

    public JobStatus? Status => _status;

    public void Report(JobStatus value) => _status = value;
}
