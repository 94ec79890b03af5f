using System.Runtime.ExceptionServices;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Worker;

namespace MapReduce.Local;

/// <summary>Drives a coordinator and its workers until the job has ended.</summary>
internal sealed class LocalDriver(JobCoordinator coordinator, string jobId, TimeProvider time)
{
    // Code that does not heed its cancellation ends with the process.
    private static readonly TimeSpan PatienceWithUserCode = TimeSpan.FromSeconds(5);

    private long? _reportedAt;

    public async Task<JobStatus> RunAsync(IReadOnlyList<WorkerLoop> workers, IProgress<JobStatus>? progress, TimeSpan tickEvery, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        var running = workers.Select(worker => worker.RunAsync(CancellationToken.None, stop.Token)).ToList();
        try
        {
            var status = await UntilEndedAsync(running, progress, tickEvery, stop, cancellationToken);
            progress?.Report(status);
            return status;
        }
        finally
        {
            stop.Cancel();
            await Task.WhenAny(Task.WhenAll(running), Delay.ForAsync(PatienceWithUserCode, time, CancellationToken.None));
        }
    }

    private async Task<JobStatus> UntilEndedAsync(
        List<Task> running, IProgress<JobStatus>? progress, TimeSpan tickEvery, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (cancellationToken.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                await coordinator.CancelAsync(jobId, CancellationToken.None);
                // At once, where a heartbeat would bring the news only a third of a lease later.
                stop.Cancel();
            }

            await TickAsync();
            var status = (await coordinator.StatusAsync(jobId, CancellationToken.None))!;
            if (status.EndedAt is not null) return status;
            if (running.Find(worker => worker.IsFaulted) is { } broken) await broken;
            Report(progress, status, tickEvery);
            // A cancelled wait is over, no more: the next round cancels the job.
            await coordinator.WaitForTickAsync(tickEvery, stop.IsCancellationRequested ? CancellationToken.None : cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    // With one job, its failure is the tick's: what hinders the commit must be told now, not tried for ever.
    private async Task TickAsync()
    {
        try
        {
            await coordinator.TickAsync(CancellationToken.None);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    private void Report(IProgress<JobStatus>? progress, JobStatus status, TimeSpan atMostEvery)
    {
        if (progress is null || (_reportedAt is { } last && time.GetElapsedTime(last) < atMostEvery)) return;
        _reportedAt = time.GetTimestamp();
        progress.Report(status);
    }
}
