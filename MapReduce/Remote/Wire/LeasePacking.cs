using MapReduce.Input;
using MapReduce.Protocol;

namespace MapReduce.Remote.Wire;

/// <summary>
/// Leases as they travel: what the leases of a step have in common goes once, and a reduce lease names the version of its
/// map outputs instead of carrying a location for each.
/// </summary>
public static class LeasePacking
{
    /// <summary>The groups for some leases, in their order.</summary>
    public static IReadOnlyList<LeaseGroup> Pack(IReadOnlyList<TaskLease> leases)
    {
        var groups = new List<LeaseGroup>();
        for (var first = 0; first < leases.Count;)
        {
            var end = first + 1;
            while (end < leases.Count && leases[end].JobId == leases[first].JobId && leases[end].Task.Step == leases[first].Task.Step) end++;
            groups.Add(Group(leases, first, end));
            first = end;
        }
        return groups;
    }

    /// <summary>The leases of some groups, in their order, without the locations of map outputs.</summary>
    public static IReadOnlyList<TaskLease> Unpack(IReadOnlyList<LeaseGroup> groups)
    {
        var leases = new List<TaskLease>();
        foreach (var group in groups)
        {
            var spec = group.Spec.ToSpec();
            foreach (var lease in group.Leases) leases.Add(Unpack(group, spec, lease));
        }
        return leases;
    }

    private static LeaseGroup Group(IReadOnlyList<TaskLease> leases, int first, int end)
    {
        var packed = new LeaseMessage[end - first];
        byte[]? boundaries = null;
        for (var i = first; i < end; i++)
        {
            packed[i - first] = Pack(leases[i]);
            // The sampling task of a step has none, the tasks after it have.
            boundaries ??= leases[i].Boundaries;
        }
        var common = leases[first];
        return new LeaseGroup(
            common.JobId, SpecMessage.Of(common.Spec), common.Reducers, common.Duration, common.Fingerprint, packed, boundaries, common.ShuffleSecret, common.TraceParent);
    }

    private static LeaseMessage Pack(TaskLease lease) => new(
        lease.Task,
        lease.Token,
        lease.Attempt,
        lease.IsBackup,
        lease.Split?.Pieces,
        lease.SampledSplits is { } splits ? [.. splits.Select(split => split.Pieces)] : null,
        lease.Task.Kind == TaskKind.Reduce ? lease.MapOutputsVersion : null);

    private static TaskLease Unpack(LeaseGroup group, JobSpec spec, LeaseMessage lease) => new()
    {
        JobId = group.JobId,
        Task = lease.Task,
        Token = lease.Token,
        Attempt = lease.Attempt,
        Duration = group.Duration,
        Spec = spec,
        Reducers = group.Reducers,
        Split = lease.Split is { } pieces ? new InputSplit(pieces) : null,
        SampledSplits = lease.SampledSplits is { } splits ? [.. splits.Select(split => new InputSplit(split))] : null,
        Boundaries = lease.Task.Kind == TaskKind.Sample ? null : group.Boundaries,
        MapOutputsVersion = lease.MapOutputsVersion ?? 0,
        IsBackup = lease.IsBackup,
        Fingerprint = group.Fingerprint,
        ShuffleSecret = group.ShuffleSecret,
        TraceParent = group.TraceParent,
    };
}
