using System.Collections.Concurrent;
using MapReduce.Protocol;
using MapReduce.Remote.Http;
using MapReduce.Remote.Wire;
using MapReduce.Shuffle;

namespace MapReduce.Remote;

/// <summary>Takes leases off the wire and completes them: reduce leases get the locations of the map outputs that they read. Safe for concurrent use.</summary>
internal sealed class LeaseIntake(MasterConnection master, WorkerDirectory workers)
{
    private readonly MapOutputsCache _outputs = new(master, workers);
    private readonly ConcurrentDictionary<string, TimeSpan> _durations = new(StringComparer.Ordinal);

    /// <summary>The leases, in their order. One whose map outputs cannot be learned now is given back.</summary>
    public async Task<IReadOnlyList<TaskLease>> TakeAsync(string workerId, IReadOnlyList<LeaseGroup> groups, CancellationToken cancellationToken)
    {
        var leases = LeasePacking.Unpack(groups);
        foreach (var group in groups) _durations[group.JobId] = group.Duration;
        if (!leases.Any(lease => lease.Task.Kind == TaskKind.Reduce)) return leases;
        var taken = new List<TaskLease>(leases.Count);
        foreach (var lease in leases)
        {
            if (await CompletedAsync(lease, cancellationToken) is { } completed) taken.Add(completed);
            else await GiveBackAsync(workerId, lease, cancellationToken);
        }
        return taken;
    }

    /// <summary>How long a renewal may take: less than the time until the next try must be made.</summary>
    public TimeSpan RenewalTimeout(IReadOnlyList<RenewRequest> renewals)
    {
        var timeout = MasterCall.UsualTimeout;
        foreach (var renewal in renewals)
        {
            if (_durations.TryGetValue(renewal.Lease.JobId, out var duration) && duration / 3 < timeout) timeout = duration / 3;
        }
        return timeout;
    }

    /// <summary>Forgets what was remembered of a job.</summary>
    public void Forget(string jobId)
    {
        _durations.TryRemove(jobId, out _);
        _outputs.Forget(jobId);
    }

    private async Task<TaskLease?> CompletedAsync(TaskLease lease, CancellationToken cancellationToken)
    {
        if (lease.Task.Kind != TaskKind.Reduce) return lease;
        try
        {
            var table = await _outputs.FindAsync(lease.JobId, lease.Task.Step, lease.MapOutputsVersion, cancellationToken);
            return table is null ? null : lease with { MapOutputs = table.Locations };
        }
        catch (MasterUnavailableException)
        {
            return null;
        }
    }

    // In one try: a lease that was never acknowledged expires without blame.
    private async Task GiveBackAsync(string workerId, TaskLease lease, CancellationToken cancellationToken)
    {
        var message = new ReleaseMessage(workerId, new LeaseRef(lease.JobId, lease.Task, lease.Token));
        try
        {
            await master.SendAsync(MasterCall.Post(MasterApi.Release, MasterRole.Worker, message, WireJson.Default.ReleaseMessage), cancellationToken);
        }
        catch (MasterUnavailableException)
        {
        }
    }
}
