using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;

namespace Simulation.Jobs;

/// <summary>Map outputs on the disks of other workers, as far as the network reaches them.</summary>
/// <param name="files">What the reading worker sees of all disks.</param>
/// <param name="isReachable">Whether the network reaches a worker now.</param>
internal sealed class SimMapOutputs(IFileSystem files, Func<string, bool> isReachable) : IMapOutputSource
{
    /// <summary>The work directory of a worker.</summary>
    public static string WorkFolder(string worker) => $"/scratch/{worker}";

    public IReadOnlyList<Segment> Fetch(TaskLease lease, string scratch, AttemptProgress progress, CancellationToken cancellationToken)
    {
        var result = new FetchedSegments();
        var near = new List<LocalOutput>();
        foreach (var output in lease.MapOutputs!)
        {
            if (isReachable(output.Worker)) near.Add(new LocalOutput(output, WorkDirectory.MapOutput(WorkFolder(output.Worker), lease, output)));
            else result.Fail(new FetchFailure(output.Map, output.Token, FetchFault.Unreachable), $"worker {output.Worker} cannot be reached");
        }

        LocalSegments.Find(files, near, lease.Task.Index, parallelism: 1, result, cancellationToken);
        return result.Complete(lease);
    }
}
