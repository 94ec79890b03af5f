using MapReduce.Protocol;

namespace MapReduce.Shuffle;

/// <summary>Brings the segments of one partition to a reduce attempt. Safe for concurrent use.</summary>
public interface IMapOutputSource
{
    /// <summary>
    /// Finds the partition's segment in each of the map outputs, in parallel. Segments on this host are read where they lie;
    /// those elsewhere are brought here first, verified.
    /// </summary>
    /// <param name="lease">The reduce task: its index is the partition, <see cref="TaskLease.MapOutputs"/> are the outputs.</param>
    /// <param name="scratch">The attempt's own folder, for what is brought here; deleted with all in it when the attempt ends.</param>
    /// <param name="progress">Told of what was brought.</param>
    /// <param name="cancellationToken">Stops the fetch.</param>
    /// <returns>The segments that hold records, ordered by map index.</returns>
    /// <exception cref="Worker.AttemptFailedException">Of kind <see cref="FailureKind.Fetch"/>, naming every output that could not be read.</exception>
    IReadOnlyList<Segment> Fetch(TaskLease lease, string scratch, AttemptProgress progress, CancellationToken cancellationToken);
}

/// <summary>One partition's records in one map output.</summary>
/// <param name="Source">Which output, so that a reader who finds it corrupt can say so.</param>
/// <param name="Path">The file that holds it.</param>
/// <param name="Offset">Its first byte in the file.</param>
/// <param name="Length">Bytes in the file.</param>
/// <param name="Records">Records in it.</param>
/// <param name="IsSorted">True when its records ascend by key; false for a folded output that was never spilled.</param>
public sealed record Segment(MapOutputLocation Source, string Path, long Offset, long Length, long Records, bool IsSorted)
{
    /// <summary>True for a verified copy in the attempt's own folder: what is found wrong with it later is this host's fault, not the source's.</summary>
    public bool IsFetched { get; init; }
}
