using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>Takes in new leases: acknowledges them, then lets them run, or gives them back when the worker may claim no more.</summary>
internal sealed class Intake(
    AttemptSet attempts, ClaimGate gate, LeaseHeartbeat heartbeat, AttemptReporter reporter, WorkerHousekeeping housekeeping, Func<TaskLease, RunningAttempt> create, CancellationToken stop)
{
    /// <summary>Takes in the leases that were claimed for a reservation.</summary>
    public async Task AcceptAsync(IReadOnlyList<TaskLease> leases, int reserved)
    {
        var claimed = leases.Select(create).ToList();
        foreach (var lease in leases) housekeeping.Remember(lease);
        // They may have been granted before the master, or the disk, said that there should be no more.
        if (!gate.IsOpen) await ReleaseAsync(claimed);
        else if (claimed.Count > 0 && await AcknowledgeAsync(claimed))
        {
            attempts.Add(claimed.Where(attempt => attempt.IsLeased), reserved, stop);
            if (gate.HasLeft) ReleaseWaiting();
            return;
        }
        attempts.Unreserve(reserved);
    }

    /// <summary>Gives back what has waited for a slot for too long.</summary>
    public void ReleaseOverdue() => Release(attempts.TakeWaiting(AttemptSet.LongestWait));

    /// <summary>Takes in no more: the worker is leaving.</summary>
    public void Close()
    {
        gate.Leave();
        ReleaseWaiting();
    }

    /// <summary>Gives back all that waits for a slot.</summary>
    public void ReleaseWaiting() => Release(attempts.TakeWaiting(TimeSpan.Zero));

    private void Release(IReadOnlyList<RunningAttempt> waiting)
    {
        if (waiting.Count > 0) attempts.Begin(() => ReleaseAsync(waiting));
    }

    // User code runs only once the master knows that the lease arrived.
    private async Task<bool> AcknowledgeAsync(List<RunningAttempt> claimed)
    {
        try
        {
            await heartbeat.RenewAsync(claimed, stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await ReleaseAsync(claimed);
            return false;
        }
    }

    private async Task ReleaseAsync(IReadOnlyList<RunningAttempt> given)
    {
        foreach (var attempt in given.Where(attempt => attempt.IsLeased)) await reporter.ReleaseAsync(attempt.Lease);
    }
}
