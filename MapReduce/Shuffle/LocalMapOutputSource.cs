using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Shuffle;

/// <summary>
/// Map outputs on this host: their indexes are read in parallel, their segments where they lie, without a copy. Safe for concurrent use.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="workDirectory">The work directory that all workers of this process share.</param>
/// <param name="parallelism">Indexes read at a time for one reduce attempt; default 4.</param>
public sealed class LocalMapOutputSource(IFileSystem files, string workDirectory, int parallelism = 4) : IMapOutputSource
{
    /// <inheritdoc/>
    public IReadOnlyList<Segment> Fetch(TaskLease lease, string scratch, AttemptProgress progress, CancellationToken cancellationToken)
    {
        var result = new FetchedSegments();
        LocalOutput[] outputs = [.. lease.MapOutputs!.Select(output => new LocalOutput(output, WorkDirectory.MapOutput(workDirectory, lease, output)))];
        LocalSegments.Find(files, outputs, lease.Task.Index, parallelism, result, cancellationToken);
        return result.Complete(lease);
    }
}
