using MapReduce.App.Commands;
using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>Shows one run to whoever watches: while it goes on, and at its end.</summary>
internal abstract class RunView
{
    /// <summary>The view that suits whoever watches.</summary>
    public static RunView For(CliHost host, bool json) => json ? new JsonView(host) : host.Style.UsesBars ? new BarView(host) : new LineView(host);

    /// <summary>Shows that a cluster has taken the job.</summary>
    public abstract void Submitted(JobStatus job, Uri master);

    /// <summary>Starts the job and shows its progress until it ends.</summary>
    public abstract Task<JobStatus> FollowAsync(Func<IProgress<JobStatus>?, Task<JobStatus>> run);

    /// <summary>Shows how it ended.</summary>
    public abstract void End(RunRequest request, RunResult result);
}
