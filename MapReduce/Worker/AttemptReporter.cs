using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>Tells the master how attempts ended, until it answers.</summary>
internal sealed class AttemptReporter(string workerId, IMasterClient master, TimeProvider time)
{
    // A report that is too long for the master would be refused for ever. The head of a message says what failed, and what
    // the first map outputs' failures do not tell the master, the next attempt's do.
    private const int LongestMessage = 16 << 10, MostFetchFailures = 10_000;

    public async Task FailAsync(TaskLease lease, AttemptFailure failure, CancellationToken stop)
    {
        var report = Shorten(failure);
        try
        {
            await Backoff.UntilAnsweredAsync(() => master.FailAsync(workerId, RefOf(lease), report, stop), lease.Duration, time, stop);
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

    private static AttemptFailure Shorten(AttemptFailure failure)
    {
        if (failure.Message.Length > LongestMessage) failure = failure with { Message = $"{failure.Message.AsSpan(0, LongestMessage)}... ({failure.Message.Length} characters)" };
        return failure.FetchFailures is { Count: > MostFetchFailures } all ? failure with { FetchFailures = [.. all.Take(MostFetchFailures)] } : failure;
    }

    private static LeaseRef RefOf(TaskLease lease) => new(lease.JobId, lease.Task, lease.Token);
}
