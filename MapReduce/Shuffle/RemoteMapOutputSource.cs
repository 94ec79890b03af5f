using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Shuffle;

/// <summary>
/// Map outputs wherever they lie in a cluster. Those on this host are read in place; those elsewhere are asked for in
/// batches by worker, over HTTP, several workers at a time, and lie verified in the attempt's folder before they are used.
/// Safe for concurrent use.
/// </summary>
public sealed class RemoteMapOutputSource : IMapOutputSource, IDisposable
{
    private readonly IFileSystem _files;
    private readonly WorkerDirectory _workers;
    private readonly RemoteShuffleOptions _options;
    private readonly HttpMessageInvoker _http;
    private readonly BatchFetcher _fetcher;

    /// <summary>A source for one worker.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="workers">Where the workers are.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock, for retries.</param>
    /// <param name="http">How workers are asked; disposed with the source. Null (the default) for connections of its own.</param>
    public RemoteMapOutputSource(IFileSystem files, WorkerDirectory workers, RemoteShuffleOptions options, TimeProvider time, HttpMessageHandler? http = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ParallelFetches, 1, nameof(options));
        (_files, _workers, _options) = (files, workers, options);
        _http = new HttpMessageInvoker(http ?? Connections());
        _fetcher = new BatchFetcher(new SegmentClient(files, _http, options.Patience, time), options.ParallelFetches, time);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Segment> Fetch(TaskLease lease, string scratch, AttemptProgress progress, CancellationToken cancellationToken)
    {
        var result = new FetchedSegments();
        var (here, elsewhere) = (new List<LocalOutput>(), new List<FetchBatch>());
        foreach (var outputs in lease.MapOutputs!.GroupBy(output => output.Worker)) Place(lease, outputs, here, elsewhere, result);
        LocalSegments.Find(_files, here, lease.Task.Index, _options.ParallelFetches, result, cancellationToken);
        if (elsewhere.Count > 0) _fetcher.Fetch(lease, elsewhere, scratch, progress, result, cancellationToken);
        return result.Complete(lease);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _http.Dispose();
        _fetcher.Dispose();
    }

    private void Place(TaskLease lease, IGrouping<string, MapOutputLocation> outputs, List<LocalOutput> here, List<FetchBatch> elsewhere, FetchedSegments result)
    {
        var worker = _workers.Find(outputs.Key);
        if (worker?.WorkDirectory is { } directory && IsHere(directory, worker.Id)) here.AddRange(outputs.Select(output => new LocalOutput(output, WorkDirectory.MapOutput(directory, lease, output))));
        else if (worker?.Address is not null) elsewhere.AddRange(outputs.Chunk(SegmentRequest.MaxMaps).Select(chunk => new FetchBatch(worker, chunk)));
        else foreach (var output in outputs) result.Fail(new FetchFailure(output.Map, output.Token, FetchFault.Unreachable), $"worker {output.Worker} has no known address");
    }

    // The id is random for each worker: whoever reads it below that path reads that worker's disk, be it by the same host or
    // by a shared mount. A host name would prove less: containers of one host see different disks.
    private bool IsHere(string workDirectory, string workerId)
    {
        if (_options.AlwaysOverHttp) return false;
        try
        {
            return _files.TryReadAll(WorkDirectory.WorkerId(workDirectory)) is { } found && found.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(workerId));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // No proxy, no limit on the whole: SegmentClient watches for silence instead.
    private static SocketsHttpHandler Connections() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
