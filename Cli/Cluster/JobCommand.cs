using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Progress;
using MapReduce.Cli.Commands;
using MapReduce.Cli.Tracing;
using MapReduce.Scheduling;

namespace MapReduce.Cli.Cluster;

/// <summary><c>mapreduce job ...</c>: the jobs of a cluster.</summary>
internal sealed class JobCommand(CliHost host)
{
    public Command Build()
    {
        var command = new Command("job", "List, show, follow, cancel and repeat the jobs of a cluster.")
        {
            new JobListCommand(host).Build(),
            new JobShowCommand(host).Build(),
            new JobWaitCommand(host).Build(),
            new JobCountersCommand(host).Build(),
            new JobLogsCommand(host).Build(),
            Cancel(),
            Retry(),
        };
        HelpExamples.Add(command, ("What runs now, and what ran lately", "mapreduce job list"), ("Follow a job", "mapreduce job wait 0123456789abcdef0123456789abcdef"));
        return command;
    }

    private Command Cancel()
    {
        var id = ClusterCommand.JobId();
        return ClusterCommand.Create(host, "cancel", "Cancel a job, unless it has ended.", "mapreduce job cancel 0123456789abcdef0123456789abcdef", [id], async (parsed, cluster, _) =>
        {
            var jobId = parsed.GetRequiredValue(id);
            if (await cluster.CancelAsync(jobId) == CancelAnswer.Cancelled)
            {
                host.Out.WriteLine($"job {jobId} is cancelled");
                return ExitCode.Ok;
            }
            host.Error.WriteLine($"error: job {jobId} can no longer be cancelled: how it ends is decided ('mapreduce job show {jobId}' tells).");
            return ExitCode.Failed;
        });
    }

    private Command Retry()
    {
        var id = ClusterCommand.JobId();
        var overwrite = new Option<bool>("--overwrite") { Description = "Let the new job replace what is in the output directory." };
        var json = ClusterCommand.Json();
        return ClusterCommand.Create(host, "retry", "Start a new job like an earlier one, and print its id.", "mapreduce job retry 0123456789abcdef0123456789abcdef --overwrite", [id, overwrite, json], (parsed, cluster, _) => CommandTrace.RunAsync(host, "mapreduce job retry", async span =>
        {
            var job = await cluster.RetryAsync(parsed.GetRequiredValue(id), parsed.GetValue(overwrite) ? true : null);
            span.Tell(job);
            SubmittedText.Write(job, parsed.GetValue(json), host);
            return ExitCode.Ok;
        }));
    }
}
