using MapReduce.App;
using MapReduce.App.Formatting;
using MapReduce.App.Progress;
using MapReduce.Protocol;
using MapReduce.Remote;

namespace MapReduce.Cli.Cluster;

/// <summary>Follows a job of a cluster to its end, or until the person or the clock has had enough.</summary>
internal sealed class Following(ClusterClient cluster, ClusterTarget target, CliHost host)
{
    /// <summary>Shows the job's progress until it has ended.</summary>
    /// <param name="job">The job as it stood.</param>
    /// <param name="view">Shows it.</param>
    /// <param name="limit">How long to wait at most; null for no limit.</param>
    /// <returns>How it ended, or why it is no longer followed.</returns>
    public async Task<RunResult> FollowAsync(JobStatus job, RunView view, TimeSpan? limit)
    {
        using var timeout = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, host.Time);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, host.Interrupt.Token);
        var last = new LatestStatus();
        last.Report(job);
        try
        {
            var end = await view.FollowAsync(progress => cluster.WaitAsync(job.JobId, new Both(last, progress), leave.Token));
            return RunResult.Of(end, interrupted: false) with { Parts = await PartsAsync(end) };
        }
        catch (OperationCanceledException) when (host.Interrupt.Fired)
        {
            return Left(ExitCode.Interrupted, "detached", []);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Left(ExitCode.TimedOut, "timed-out", [$"job {job.JobId} has not ended within {Durations.Format(limit!.Value)}."]);
        }
        catch (MasterUnavailableException away)
        {
            return Left(ExitCode.Unreachable, "unreachable", [away.Message]);
        }
        catch (Exception failure) when (ClusterError.Of(failure) is { } error)
        {
            return RunResult.Refused(error.ExitCode, error.State, error.Reasons);
        }

        RunResult Left(int exitCode, string state, IReadOnlyList<string> errors) =>
            RunResult.Refused(exitCode, state, errors) with { Status = last.Status, Notes = Notes(job.JobId) };
    }

    private string[] Notes(string jobId) =>
    [
        $"job {jobId} goes on.",
        $"  follow it: mapreduce job wait {jobId}{target.Words}",
        $"  cancel it: mapreduce job cancel {jobId}{target.Words}",
    ];

    // Null when nobody can tell them: the job has succeeded all the same. This machine may not see the output directory.
    private async Task<IReadOnlyList<string>?> PartsAsync(JobStatus end)
    {
        if (end.State != JobState.Succeeded) return [];
        try
        {
            return [.. (await cluster.OutputAsync(end.JobId, host.Interrupt.Token)).Files.Select(file => file.Name)];
        }
        catch (Exception unnamed) when (unnamed is MasterUnavailableException or OperationCanceledException)
        {
            return null;
        }
    }

    private sealed class Both(IProgress<JobStatus> first, IProgress<JobStatus>? second) : IProgress<JobStatus>
    {
        public void Report(JobStatus value)
        {
            first.Report(value);
            second?.Report(value);
        }
    }
}
