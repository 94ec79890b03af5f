using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>Tells the master how attempts ended, until it answers.</summary>
internal sealed class AttemptReporter(string workerId, IMasterClient master, IAttemptRunner runner, TimeProvider time)
{
    /// <summary>Reports a completion and drops the attempt's files if they are nobody's.</summary>
    public async Task CompleteAsync(TaskLease lease, AttemptResult result, CancellationToken stop)
    {
        var tries = 0;
        var answer = await TryAsync(lease, async () =>
        {
            tries++;
            return (await master.ExchangeAsync(workerId, [new CompletedAttempt(RefOf(lease), result)], 0, stop)).Answers[0];
        }, stop);
        // After a lost answer "stale" may come from a master that never heard of the first report, while another counted
        // it and is about to commit these very files. They stay until the job ends.
        if (answer == CompleteAnswer.Stale && tries == 1) runner.Discard(lease);
    }

    public async Task FailAsync(TaskLease lease, AttemptFailure failure, CancellationToken stop) =>
        await TryAsync<bool>(lease, async () =>
        {
            await master.FailAsync(workerId, RefOf(lease), failure, stop);
            return true;
        }, stop);

    /// <summary>Gives a lease back, in one try: the worker is leaving, and a lease that is not given back expires.</summary>
    public async Task ReleaseAsync(TaskLease lease)
    {
        try
        {
            await master.ReleaseAsync(workerId, RefOf(lease), CancellationToken.None);
        }
        catch (MasterUnavailableException)
        {
        }
    }

    private async Task<T?> TryAsync<T>(TaskLease lease, Func<ValueTask<T>> call, CancellationToken stop)
        where T : struct
    {
        try
        {
            return await Backoff.UntilAnsweredAsync(call, lease.Duration, time, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whether the report arrived is unknown. The lease expires, or the task has its winner.
            return null;
        }
    }

    private static LeaseRef RefOf(TaskLease lease) => new(lease.JobId, lease.Task, lease.Token);
}
