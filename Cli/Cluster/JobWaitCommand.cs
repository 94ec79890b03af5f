using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Progress;
using MapReduce.Cli.Commands;
using MapReduce.Remote;

namespace MapReduce.Cli.Cluster;

/// <summary><c>mapreduce job wait</c>: follows a job to its end; the exit code says how it ended.</summary>
internal sealed class JobWaitCommand(CliHost host)
{
    private readonly Argument<string> _id = ClusterCommand.JobId();
    private readonly Option<TimeSpan?> _timeout = RunOptions.Time("--timeout", "How long to wait; default: until the job has ended.");
    private readonly Option<bool> _json = ClusterCommand.Json();

    public Command Build() => ClusterCommand.Create(
        host, "wait", "Follow a job until it has ended; exit code 5 when --timeout is over before.", "mapreduce job wait 0123456789abcdef0123456789abcdef --timeout 10m", [_id, _timeout, _json], WaitAsync);

    private async Task<int> WaitAsync(ParseResult parsed, ClusterClient cluster, ClusterTarget target)
    {
        host.Interrupt.Listen("no longer following; the job goes on (again to leave at once)");
        var job = await cluster.StatusAsync(parsed.GetRequiredValue(_id), host.Interrupt.Token);
        var request = new RunRequest { Job = job.Name, Inputs = [], Output = job.Output, Json = parsed.GetValue(_json) };
        var view = RunView.For(host, request.Json);
        var result = await new Following(cluster, target, host).FollowAsync(job, view, parsed.GetValue(_timeout));
        // The job's own time, however late somebody came to wait for it.
        view.End(request, result with { Elapsed = (result.Status?.EndedAt ?? host.Time.GetUtcNow()) - job.SubmittedAt });
        return result.ExitCode;
    }
}
