using MapReduce.App.Commands;
using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>Where no bar can move: one line for each phase, and one every ten seconds within it.</summary>
internal sealed class LineView(CliHost host) : RunView
{
    public override Task<JobStatus> FollowAsync(Func<IProgress<JobStatus>?, Task<JobStatus>> run) => run(new LineProgress(host.Error, host.Time));

    public override void Submitted(JobStatus job, Uri master) => Summary.WriteSubmitted(job, master, host.Error);

    public override void End(RunRequest request, RunResult result) => Summary.Write(request, result, host.Out, host.Error);
}
