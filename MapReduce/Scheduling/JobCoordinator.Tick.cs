using System.Collections.Concurrent;
using MapReduce.Diagnostics;
using MapReduce.Protocol;
using MapReduce.Scheduling.Policy;

namespace MapReduce.Scheduling;

public sealed partial class JobCoordinator
{
    private const int DrainAtOnce = 500;
    private static readonly TimeSpan RecoverEvery = TimeSpan.FromMinutes(1), RecoverAgain = TimeSpan.FromSeconds(5);

    private long _tickSeen;
    private TimeSpan _tickWithin = TimeSpan.MaxValue;
    private long? _recoveredAt;

    // What the last recovery could not do: told with every tick until one can.
    private List<Exception> _unrecovered = [];

    // What keeps jobs from their end, for people.
    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);

    /// <summary>
    /// Gives up lapsed leases and workers, submits journaled jobs that the store lost, decides and carries out outcomes, and
    /// starts backup attempts. One call at a time on each coordinator; several coordinators may tick at once.
    /// </summary>
    /// <exception cref="AggregateException">Some of it could not be done (a disk that fails, say, or a bug that one job meets). The rest was; the next tick tries again.</exception>
    /// <exception cref="MasterUnavailableException">The store cannot be reached; the next tick tries again.</exception>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        _tickSeen = _tick.Version;
        var failures = new List<Exception>();
        var reaped = new ReapAnswer(false, [], 0);
        await GuardAsync(failures, async () => reaped = await ReapAsync(cancellationToken), cancellationToken);
        if (_recoveredAt is not { } last || _time.GetElapsedTime(last) >= (_unrecovered.Count > 0 ? RecoverAgain : RecoverEvery))
        {
            var found = new List<Exception>();
            await GuardAsync(found, () => RecoverAsync(found, cancellationToken), cancellationToken);
            _unrecovered = found;
        }
        failures.AddRange(_unrecovered);
        foreach (var worker in reaped.LostWorkers)
            await GuardAsync(failures, () => GiveUpAsync(worker, cancellationToken), cancellationToken);

        var cluster = await _store.ActiveAsync(cancellationToken);
        _jobs.ForgetAllBut(cluster.Jobs);
        _tickWithin = cluster.Jobs.Count == 0 ? TimeSpan.MaxValue : GuardPolicy.TickWithin(cluster.Jobs.Min(job => job.Shape.Lease));
        var hasWork = cluster.Jobs.Any(job => job.HasWork);
        foreach (var job in cluster.Jobs)
        {
            await GuardAsync(failures, job.Shape.JobId, async () =>
            {
                if (!await _driver.DriveAsync(job, cancellationToken)) return;
                hasWork = true;
                _ended.Signal();
            }, cancellationToken);
        }
        foreach (var broken in reaped.Broken.Concat(cluster.Broken).DistinctBy(broken => broken.JobId))
        {
            failures.Add(broken);
            _troubles[broken.JobId] = broken.Message;
        }
        if (hasWork) _work.Signal();
        if (failures.Count > 0) throw new AggregateException("Some of a tick could not be done; the next one tries again.", failures);
    }

    /// <summary>Waits until a tick is worth while: a job can be ended, or the limit has passed since the wait began, or less where a job's lease is so short that the limit would look like an outage.</summary>
    public Task WaitForTickAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _tick.WaitAsync(_tickSeen, limit < _tickWithin ? limit : _tickWithin, cancellationToken);

    private async ValueTask<ReapAnswer> ReapAsync(CancellationToken cancellationToken)
    {
        var reaped = await _store.ReapAsync(cancellationToken);
        if (reaped.Expired > 0) MapReduceTelemetry.LeasesExpired.Add(reaped.Expired);
        // Told but once, so that it must be remembered should this tick fail.
        if (reaped.IsGuardChanged) _recoveredAt = null;
        return reaped;
    }

    // At start, after the store lost its memory, and now and then: jobs that are journaled and open must be in the store.
    private async ValueTask RecoverAsync(List<Exception> failures, CancellationToken cancellationToken)
    {
        // The list is what claims go by: a job that the store knows but does not list would wait for ever.
        var cluster = await _store.ActiveAsync(cancellationToken);
        var listed = cluster.Jobs.Select(job => job.Shape.JobId).Concat(cluster.Broken.Select(broken => broken.JobId)).ToHashSet(StringComparer.Ordinal);
        foreach (var jobId in _troubles.Keys)
            if (!listed.Contains(jobId)) _troubles.TryRemove(jobId, out _);
        foreach (var entry in _journal.Open(failures.Add))
        {
            if (!listed.Contains(entry.JobId)) await GuardAsync(failures, entry.JobId, () => RestoreAsync(entry, isLost: true, cancellationToken), cancellationToken);
        }
        _recoveredAt = _time.GetTimestamp();
        _work.Signal();
    }

    /// <summary>Invalidates the map outputs on a worker that is gone, and forgets it.</summary>
    private async ValueTask GiveUpAsync(string workerId, CancellationToken cancellationToken)
    {
        foreach (var job in (await _store.ActiveAsync(cancellationToken)).Jobs)
        {
            while (await _store.InvalidateWorkerAsync(job.Shape.JobId, workerId, DrainAtOnce, cancellationToken) == DrainAtOnce)
            {
                // The rest goes in the next round: one call must not hold the store for long.
            }
        }
        await _store.ForgetWorkerAsync(workerId, cancellationToken);
        _work.Signal();
    }

    private async ValueTask GuardAsync(List<Exception> failures, string jobId, Func<ValueTask> step, CancellationToken cancellationToken)
    {
        var before = failures.Count;
        await GuardAsync(failures, step, cancellationToken);
        if (failures.Count > before) _troubles[jobId] = failures[^1].Message;
        else _troubles.TryRemove(jobId, out _);
    }

    // One job's broken disk, or a bug that one job meets, must not keep the others from ending, nor any from its time limit: were
    // the tick to end here, the next would end here again. All of it is thrown at the end, for the log. Only without a store
    // there is nothing to go on with.
    private static async ValueTask GuardAsync(List<Exception> failures, Func<ValueTask> step, CancellationToken cancellationToken)
    {
        try
        {
            await step();
        }
        catch (Exception failure) when (failure is not MasterUnavailableException && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            failures.Add(failure);
        }
    }
}
