using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>Tells the master how attempts ended, until it answers.</summary>
internal sealed class AttemptReporter(string workerId, IMasterClient master, TimeProvider time)
{
    public async Task FailAsync(TaskLease lease, AttemptFailure failure, CancellationToken stop)
    {
        try
        {
            await Backoff.UntilAnsweredAsync(() => master.FailAsync(workerId, RefOf(lease), failure, stop), lease.Duration, time, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whether the report arrived is unknown. The lease expires at the latest.
        }
    }

    /// <summary>Gives a lease back, in one try: a lease that is not given back expires.</summary>
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

    private static LeaseRef RefOf(TaskLease lease) => new(lease.JobId, lease.Task, lease.Token);
}
