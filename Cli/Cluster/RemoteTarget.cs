using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Progress;
using MapReduce.Cli.Commands;
using MapReduce.Protocol;

namespace MapReduce.Cli.Cluster;

/// <summary>Runs a job on a cluster: submits it and follows it. Who stops following does not stop the job.</summary>
internal sealed class RemoteTarget(JobDefinition job, ClusterTarget target, CliHost host) : IRunTarget
{
    public async Task<RunResult> RunAsync(RunRequest request, RunView view)
    {
        using var cluster = target.Connect(host);
        JobStatus submitted;
        try
        {
            host.Interrupt.Listen("no longer following; the job goes on (again to leave at once)");
            submitted = await Submission.SubmitAsync(job, request, cluster, host);
        }
        catch (OperationCanceledException) when (host.Interrupt.Fired)
        {
            return RunResult.Refused(ExitCode.Interrupted, "interrupted", []) with { Notes = [$"The job may have been submitted all the same: 'mapreduce job list{target.Words}' shows it."] };
        }
        catch (Exception failure) when (ClusterError.Of(failure) is { } error)
        {
            return RunResult.Refused(error.ExitCode, error.State, error.Reasons);
        }
        view.Submitted(submitted, target.Masters.Current);
        return await new Following(cluster, target, host).FollowAsync(submitted, view, null);
    }
}
