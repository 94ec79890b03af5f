using MapReduce.Protocol;

namespace MapReduce.WorkerService.Storage;

/// <summary>Says when a worker has no room for another task. Safe for concurrent use.</summary>
/// <param name="workDirectory">On the disk in question.</param>
/// <param name="quota">Bytes of map outputs to keep at most; 0 for no limit.</param>
/// <param name="freeBytes">Free space of the disk that holds a path.</param>
internal sealed class DiskGuard(string workDirectory, long quota, Func<string, long> freeBytes)
{
    /// <summary>Below this much free space no task is claimed: those that run need the rest for their runs.</summary>
    public const long Reserve = 512L << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, long>> _keptByJob = new(StringComparer.Ordinal);
    private long _kept;

    /// <summary>Why no task should be claimed now, or null.</summary>
    public string? Refusal
    {
        get
        {
            var kept = Volatile.Read(ref _kept);
            if (quota > 0 && kept >= quota)
                return $"'{workDirectory}' holds {kept >> 20} MiB of map outputs, its quota is {quota >> 20} MiB: wait until their jobs end, or raise MapReduce:Worker:Quota.";
            var free = freeBytes(workDirectory);
            return free >= Reserve ? null : $"The disk of '{workDirectory}' has {free >> 20} MiB left (limit {Reserve >> 20} MiB): free some space.";
        }
    }

    /// <summary>Free space on the machine's own disk.</summary>
    public static long FreeBytes(string path) => new DriveInfo(path).AvailableFreeSpace;

    /// <summary>Counts a map output that was made.</summary>
    public void Add(TaskLease map, long bytes)
    {
        lock (_lock)
        {
            if (!_keptByJob.TryGetValue(map.JobId, out var outputs)) _keptByJob[map.JobId] = outputs = new(StringComparer.Ordinal);
            if (outputs.TryAdd(map.Token, bytes)) _kept += bytes;
        }
    }

    /// <summary>Takes back what was counted for an attempt that did not win, if anything was.</summary>
    public void Remove(TaskLease attempt)
    {
        lock (_lock)
        {
            if (_keptByJob.TryGetValue(attempt.JobId, out var outputs) && outputs.Remove(attempt.Token, out var bytes)) _kept -= bytes;
        }
    }

    /// <summary>Takes back all of a job that has ended.</summary>
    public void Forget(string jobId)
    {
        lock (_lock)
        {
            if (_keptByJob.Remove(jobId, out var outputs)) _kept -= outputs.Values.Sum();
        }
    }
}
