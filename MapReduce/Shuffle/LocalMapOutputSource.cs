using MapReduce.Protocol;
using MapReduce.Spill;
using MapReduce.Storage;
using MapReduce.Worker;

namespace MapReduce.Shuffle;

/// <summary>
/// Map outputs on this host: their indexes are read in parallel, their segments where they lie, without a copy. Safe for concurrent use.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="workDirectory">The work directory that all workers of this process share.</param>
/// <param name="parallelism">Indexes read at a time for one reduce attempt; default 4.</param>
public sealed class LocalMapOutputSource(IFileSystem files, string workDirectory, int parallelism = 4) : IMapOutputSource
{
    private const int WorthThreads = 32;

    /// <inheritdoc/>
    public IReadOnlyList<Segment> Fetch(TaskLease lease, string scratch, AttemptProgress progress, CancellationToken cancellationToken)
    {
        var (partition, outputs) = (lease.Task.Index, lease.MapOutputs!);
        var segments = new Segment?[outputs.Count];
        var failures = new FetchFailure?[outputs.Count];
        void FetchOne(int i)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (segments[i], failures[i]) = Open(outputs[i], PathOf(lease, outputs[i]), partition);
        }

        // A few are read sooner than threads are found for them; and a simulation has one thread.
        if (parallelism <= 1 || outputs.Count < WorthThreads)
        {
            for (var i = 0; i < outputs.Count; i++) FetchOne(i);
        }
        else
        {
            Parallel.For(0, outputs.Count, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, FetchOne);
        }

        var failed = failures.OfType<FetchFailure>().ToList();
        if (failed.Count > 0) throw new AttemptFailedException(Describe(lease, failed));
        return [.. segments.OfType<Segment>()];
    }

    private string PathOf(TaskLease lease, MapOutputLocation output) =>
        WorkDirectory.MapOutput(workDirectory, lease.JobId, new TaskId(lease.Task.Step, TaskKind.Map, output.Map), output.Token);

    private AttemptFailure Describe(TaskLease lease, List<FetchFailure> failed)
    {
        var (partition, outputs) = (lease.Task.Index, lease.MapOutputs!);
        var first = outputs.First(output => output.Map == failed[0].Map);
        var what = failed[0].IsCorrupt ? "is corrupt" : "is gone";
        return new AttemptFailure(
            FailureKind.Fetch,
            $"Partition {partition} could not be fetched from {failed.Count} of {outputs.Count} map outputs: that of map {first.Map} on worker {first.Worker} ('{PathOf(lease, first)}') {what}. The maps run again.",
            FetchFailures: failed);
    }

    private (Segment? Segment, FetchFailure? Failure) Open(MapOutputLocation output, string path, int partition)
    {
        try
        {
            var found = RunFile.Open(files, path).Find(partition);
            return (found is null ? null : new Segment(output, path, found.Offset, found.Length, found.Records, found.IsSorted), null);
        }
        catch (InvalidDataException)
        {
            return (null, new FetchFailure(output.Map, output.Token, IsCorrupt: true));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, new FetchFailure(output.Map, output.Token, IsCorrupt: false));
        }
    }
}
