using System.Collections.Concurrent;
using MapReduce.Protocol;

namespace MapReduce.Shuffle;

/// <summary>
/// Where the workers are that hold map outputs: filled from the tables of map outputs that a master publishes, read by
/// the shuffle. An id is random for each start of a process, so what was learned of one never changes its meaning. Safe for
/// concurrent use.
/// </summary>
public sealed class WorkerDirectory
{
    private readonly ConcurrentDictionary<string, WorkerRegistration> _workers = new(StringComparer.Ordinal);

    /// <summary>Learns of a worker, or of its new address.</summary>
    public void Learn(WorkerRegistration worker) => _workers[worker.Id] = worker;

    /// <summary>The worker of an id, or null when nothing is known of it.</summary>
    public WorkerRegistration? Find(string workerId) => _workers.GetValueOrDefault(workerId);
}
