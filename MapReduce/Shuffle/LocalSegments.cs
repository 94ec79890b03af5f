using MapReduce.Protocol;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Shuffle;

/// <summary>Finds segments in map outputs that lie on a disk of this host.</summary>
internal static class LocalSegments
{
    private const int WorthThreads = 32;

    /// <summary>Looks up a partition in many outputs, whose indexes are read in parallel.</summary>
    public static void Find(
        IFileSystem files, IReadOnlyList<LocalOutput> outputs, int partition, int parallelism, FetchedSegments result, CancellationToken cancellationToken)
    {
        void FindOne(int i)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Find(files, outputs[i], partition, result);
        }

        // A few are read sooner than threads are found for them; and a simulation has one thread.
        if (parallelism <= 1 || outputs.Count < WorthThreads)
        {
            for (var i = 0; i < outputs.Count; i++) FindOne(i);
        }
        else
        {
            Parallel.For(0, outputs.Count, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, FindOne);
        }
    }

    private static void Find(IFileSystem files, LocalOutput output, int partition, FetchedSegments result)
    {
        var (source, path) = output;
        try
        {
            if (RunFile.Open(files, path).Find(partition) is { } found)
                result.Add(new Segment(source, path, found.Offset, found.Length, found.Records, found.IsSorted));
        }
        catch (InvalidDataException)
        {
            result.Fail(new FetchFailure(source.Map, source.Token, FetchFault.Corrupt), $"'{path}' on worker {source.Worker} is corrupt");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            result.Fail(new FetchFailure(source.Map, source.Token, FetchFault.Gone), $"'{path}' on worker {source.Worker} is gone");
        }
    }
}

/// <summary>A map output, and the file that holds it.</summary>
internal readonly record struct LocalOutput(MapOutputLocation Source, string Path);
