using MapReduce.Cli.Progress;
using MapReduce.Local;
using MapReduce.Output;
using MapReduce.Protocol;

namespace MapReduce.Cli.Commands;

/// <summary>One run of one job, from a request to an exit code.</summary>
internal sealed class JobRun(JobCatalog catalog, RunCluster cluster, CliHost host, RunView view)
{
    /// <summary>Runs it, shows it, and says how it ended.</summary>
    public async Task<int> RunAsync(RunRequest request)
    {
        var started = host.Time.GetTimestamp();
        var result = await ResultAsync(request);
        try
        {
            view.End(request, result with { Elapsed = host.Time.GetElapsedTime(started) });
            return result.ExitCode;
        }
        catch (OutputUnwritableException unwritable)
        {
            return Unsaid(request, result, unwritable);
        }
    }

    // The job has ended all the same, and its output must not be thought lost.
    private int Unsaid(RunRequest request, RunResult result, OutputUnwritableException unwritable)
    {
        var succeeded = result.ExitCode == ExitCode.Ok;
        var output = succeeded ? $" The job succeeded: its output in {Path.GetFullPath(request.Output)} is complete." : "";
        host.Error.WriteLine($"error: {unwritable.Message}{output}");
        return succeeded ? ExitCode.Failed : result.ExitCode;
    }

    private async Task<RunResult> ResultAsync(RunRequest request)
    {
        if (!catalog.TryFind(request.Job, out var job)) return RunResult.Refused(ExitCode.NotFound, "not-found", [UnknownJob.Message(catalog, request.Job)]);
        var begun = false;
        try
        {
            var (plan, spec) = RunChecks.Prepare(job, request);
            host.Interrupt.Listen();
            var status = await view.FollowAsync(progress => cluster(
                plan,
                spec,
                new LocalClusterOptions { Workers = request.Workers, WorkDirectory = request.WorkDirectory },
                new Relay(status =>
                {
                    begun = true;
                    progress?.Report(status);
                }),
                host.Interrupt.Token));
            return RunResult.Of(status, host.Interrupt.Fired);
        }
        catch (JobRejectedException rejected)
        {
            return RunResult.Refused(ExitCode.Rejected, "rejected", rejected.Reasons);
        }
        catch (OutputExistsException taken)
        {
            return RunResult.Refused(ExitCode.Rejected, "rejected", [taken.Message]);
        }
        catch (Exception refused) when (!begun && refused is (UnauthorizedAccessException or PathTooLongException or DirectoryNotFoundException))
        {
            return RunResult.Refused(ExitCode.Rejected, "rejected", [RunDirectories.Refused(request, refused)]);
        }
        catch (Exception disk) when (disk is IOException or UnauthorizedAccessException)
        {
            return RunResult.Refused(ExitCode.Failed, "failed", [disk.Message]);
        }
        catch (OperationCanceledException) when (host.Interrupt.Fired)
        {
            return RunResult.Refused(ExitCode.Interrupted, "interrupted", []);
        }
    }

    // Tells at once, where Progress<T> would go through a queue.
    private sealed class Relay(Action<JobStatus> tell) : IProgress<JobStatus>
    {
        public void Report(JobStatus value) => tell(value);
    }
}
