using System.Collections.Concurrent;

namespace MapReduce.WorkerService.Storage;

/// <summary>Says when a worker has no room for another task. Safe for concurrent use.</summary>
/// <param name="workDirectory">On the disk in question.</param>
/// <param name="quota">Bytes of map outputs to keep at most; 0 for no limit.</param>
/// <param name="freeBytes">Free space of the disk that holds a path.</param>
internal sealed class DiskGuard(string workDirectory, long quota, Func<string, long> freeBytes)
{
    /// <summary>Below this much free space no task is claimed: those that run need the rest for their runs.</summary>
    public const long Reserve = 512L << 20;

    private readonly ConcurrentDictionary<string, long> _keptByJob = new(StringComparer.Ordinal);

    /// <summary>Bytes of map outputs that are kept for reducers.</summary>
    public long Kept => _keptByJob.Values.Sum();

    /// <summary>Why no task should be claimed now, or null.</summary>
    public string? Refusal
    {
        get
        {
            if (quota > 0 && Kept is var kept && kept >= quota)
                return $"'{workDirectory}' holds {kept >> 20} MiB of map outputs, its quota is {quota >> 20} MiB: wait until their jobs end, or raise MapReduce:Worker:Quota.";
            var free = freeBytes(workDirectory);
            return free >= Reserve ? null : $"The disk of '{workDirectory}' has {free >> 20} MiB left (limit {Reserve >> 20} MiB): free some space.";
        }
    }

    /// <summary>Free space on the machine's own disk.</summary>
    public static long FreeBytes(string path) => new DriveInfo(path).AvailableFreeSpace;

    /// <summary>Counts a map output that was made, or with a negative number one that was dropped.</summary>
    public void Add(string jobId, long bytes) => _keptByJob.AddOrUpdate(jobId, bytes, (_, kept) => kept + bytes);

    /// <summary>Forgets a job whose map outputs were deleted.</summary>
    public void Forget(string jobId) => _keptByJob.TryRemove(jobId, out _);
}
