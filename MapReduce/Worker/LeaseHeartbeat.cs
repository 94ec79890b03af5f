using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>Renews all of a worker's leases in one call whenever one is due (when a third of it has passed, or sooner if the host wants its progress more often), and gives up attempts that are stuck.</summary>
internal sealed class LeaseHeartbeat(string workerId, IMasterClient master, AttemptSet attempts, TimeProvider time)
{
    /// <param name="releaseOverdue">Gives back leases that have waited too long for a slot.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public async Task RunAsync(Action releaseOverdue, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                releaseOverdue();
                var changed = attempts.Changed;
                var running = attempts.All();
                var leased = running.Where(attempt => attempt.IsLeased).ToList();
                var isDue = leased.Count > 0 && Least(leased, attempt => attempt.UntilRenewal) <= TimeSpan.Zero;
                if (isDue) await RenewAsync(leased, cancellationToken);
                foreach (var attempt in running) attempt.CheckStalled();
                if (!isDue) await Signal.WaitAsync(changed, NextLook(running, leased), time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Renews leases until the master answers; an attempt whose lease is gone is stopped.</summary>
    public async Task RenewAsync(IReadOnlyList<RunningAttempt> leased, CancellationToken cancellationToken)
    {
        var sentAt = time.GetTimestamp();
        var answers = await Backoff.UntilAnsweredAsync(
            () =>
            {
                sentAt = time.GetTimestamp();
                return master.RenewAsync(workerId, [.. leased.Select(attempt => new RenewRequest(attempt.Ref, attempt.Snapshot))], cancellationToken);
            },
            Least(leased, attempt => attempt.Lease.Duration),
            time,
            cancellationToken);
        for (var i = 0; i < leased.Count; i++) leased[i].Take(answers[i], sentAt);
    }

    private static TimeSpan Least(IReadOnlyList<RunningAttempt> attempts, Func<RunningAttempt, TimeSpan> time)
    {
        var least = TimeSpan.MaxValue;
        foreach (var attempt in attempts)
        {
            if (time(attempt) is var each && each < least) least = each;
        }
        return least;
    }

    // A stuck attempt is looked at with the renewals, at least: nothing is exact about its limit.
    private static TimeSpan NextLook(IReadOnlyList<RunningAttempt> running, List<RunningAttempt> leased)
    {
        if (running.Count == 0) return Timeout.InfiniteTimeSpan;
        var next = leased.Count > 0 ? Least(leased, attempt => attempt.UntilRenewal) : Backoff.UsualLease / 3;
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }
}
