using MapReduce.App.Progress;
using MapReduce.Local;
using MapReduce.Output;
using MapReduce.Protocol;

namespace MapReduce.App.Commands;

/// <summary>Runs a job to its end: <see cref="LocalCluster.RunAsync(JobPlan, JobSpec, LocalClusterOptions, IProgress{JobStatus}, CancellationToken)"/>, or a test's stand-in.</summary>
internal delegate Task<JobStatus> RunCluster(
    JobPlan plan, JobSpec spec, LocalClusterOptions options, IProgress<JobStatus>? progress, CancellationToken cancellationToken);

/// <summary>Runs a job in this process.</summary>
internal sealed class LocalTarget(JobDefinition job, RunCluster cluster, CliHost host) : IRunTarget
{
    public async Task<RunResult> RunAsync(RunRequest request, RunView view)
    {
        var begun = false;
        try
        {
            using var piped = new StandardInput(request);
            var (plan, spec) = RunChecks.Prepare(job, piped.Request);
            host.Interrupt.Listen();
            await piped.FillAsync(() => host.Pipes().Input, host.Interrupt.Token);
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
