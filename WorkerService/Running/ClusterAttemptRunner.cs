using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Worker;
using MapReduce.WorkerService.Files;
using MapReduce.WorkerService.Jobs;
using MapReduce.WorkerService.Storage;

namespace MapReduce.WorkerService.Running;

/// <summary>
/// What a worker of a cluster does around an attempt: it checks that the attempt may run here, learns what readers of its output must show,
/// and counts what it keeps on its disk. Safe for concurrent use.
/// </summary>
internal sealed partial class ClusterAttemptRunner(
    IAttemptRunner inner, AllowedPaths paths, MemoryGuard memory, DiskGuard disk, ShuffleSecrets secrets, JobPlans plans, FileCache files, ILogger<ClusterAttemptRunner> logger) : IAttemptRunner
{
    private int _refuses;

    public string? Refusal
    {
        get
        {
            var refusal = inner.Refusal ?? disk.Refusal;
            if (refusal is not null && files.MakeRoom()) refusal = inner.Refusal ?? disk.Refusal;
            Note(refusal);
            return refusal;
        }
    }

    public async Task<AttemptResult> RunAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            paths.Check(lease);
            memory.Check(lease);
            foreach (var file in plans.FilesOf(lease.Spec)) await files.HoldAsync(lease.JobId, file, progress, cancellationToken).ConfigureAwait(false);
            // Before the output exists: a reader may ask for it as soon as the master knows of it.
            if (lease.ShuffleSecret is { } secret) secrets.Learn(lease.JobId, secret);
            var result = await inner.RunAsync(lease, progress, cancellationToken).ConfigureAwait(false);
            if (StaysHere(lease)) disk.Add(lease, result.Bytes);
            return result;
        }
        catch (AttemptFailedException failed)
        {
            Failed(lease.Token, lease.Task, lease.JobId, failed.Failure.Kind, failed.Failure.Message);
            throw;
        }
    }

    public void Discard(TaskLease lease)
    {
        inner.Discard(lease);
        disk.Remove(lease);
    }

    public void DiscardJob(string jobId)
    {
        inner.DiscardJob(jobId);
        disk.Forget(jobId);
        secrets.Forget(jobId);
        plans.Forget(jobId);
        files.Release(jobId);
    }

    // Asked many times a second, told once: a worker that idles while tasks wait must say why.
    private void Note(string? refusal)
    {
        var refuses = refusal is null ? 0 : 1;
        if (Interlocked.Exchange(ref _refuses, refuses) == refuses) return;
        if (refusal is not null) Refuses(refusal);
        else TakesAgain();
    }

    private static bool StaysHere(TaskLease lease) => lease.Task.Kind == TaskKind.Map && lease.Reducers > 0;

    [LoggerMessage(LogLevel.Warning, "This worker takes no tasks: {Reason}")]
    private partial void Refuses(string reason);

    [LoggerMessage(LogLevel.Information, "This worker takes tasks again")]
    private partial void TakesAgain();

    [LoggerMessage(LogLevel.Warning, "Attempt {Token} of task {Task} of job {JobId} failed ({Kind}): {Reason}")]
    private partial void Failed(string token, TaskId task, string jobId, FailureKind kind, string reason);
}
