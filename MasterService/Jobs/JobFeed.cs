using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Jobs;

/// <summary>
/// The changes of one job's status, asked for once for all who watch it, and at most twice a second. Safe for concurrent use.
/// </summary>
internal sealed class JobFeed(string jobId, JobCoordinator coordinator, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private TaskCompletionSource _changed = NewChange();
    private volatile JobSnapshot? _last;

    /// <summary>The first snapshot other than one that was seen, or the last one.</summary>
    /// <returns>Null when there is none within the limit.</returns>
    public async Task<JobSnapshot?> NextAsync(long? seen, TimeSpan limit, CancellationToken cancellationToken)
    {
        // Taken before the look, so that a change in between is not missed.
        var changed = Volatile.Read(ref _changed).Task;
        // The last one is told again: after it there is no other to wait for.
        if (_last is { } known && (known.Id != seen || known.IsLast)) return known;
        try
        {
            await changed.WaitAsync(limit, time, cancellationToken);
            return _last;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Follows the job until it has ended, or nobody watches any more. What breaks it, breaks its watchers.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PollAsync(cancellationToken);
        }
        catch (Exception end)
        {
            Volatile.Read(ref _changed).TrySetException(end);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        byte[] before = [];
        do
        {
            if (await FindAsync(cancellationToken) is not { } status) continue;
            var json = JobSnapshot.Json(status);
            if (!json.AsSpan().SequenceEqual(before)) Publish(JobSnapshot.Of(NextId(), status, before = json));
            if (status.EndedAt is not null) return;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    // A store that is away changes nothing that could be told.
    private async ValueTask<JobStatus?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await coordinator.StatusAsync(jobId, cancellationToken);
        }
        catch (Exception away) when (away is MasterUnavailableException or IOException)
        {
            return null;
        }
    }

    // By the clock, so that ids grow over masters and restarts, too.
    private long NextId() => Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), (_last?.Id ?? 0) + 1);

    private void Publish(JobSnapshot snapshot)
    {
        _last = snapshot;
        Interlocked.Exchange(ref _changed, NewChange()).TrySetResult();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
