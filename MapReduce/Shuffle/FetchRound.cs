using System.Runtime.ExceptionServices;
using MapReduce.Protocol;

namespace MapReduce.Shuffle;

/// <summary>What the threads of one fetch share.</summary>
internal sealed class FetchRound(
    TaskLease lease, string scratch, AttemptProgress progress, FetchedSegments result, Queue<FetchBatch> batches, CancellationTokenSource stop)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);
    private ExceptionDispatchInfo? _fault;

    public TaskLease Lease => lease;

    public CancellationToken Cancellation => stop.Token;

    public string PathOf(int file) => Path.Combine(scratch, $"fetched-{file:D5}");

    public FetchBatch? Next()
    {
        lock (_lock) return batches.TryDequeue(out var batch) ? batch : null;
    }

    /// <summary>True when the worker gave nothing for another batch, however often it was asked: to ask again would only take time.</summary>
    public bool GivesUp(FetchBatch batch)
    {
        lock (_lock)
        {
            if (!_silent.Contains(batch.Worker.Id)) return false;
        }

        batch.Problem ??= "it gave nothing before";
        return true;
    }

    // Progress is written by one thread at a time.
    public void Arrived(long bytes)
    {
        lock (_lock) progress.Add(bytes, 0);
    }

    public void Take(FetchBatch batch)
    {
        var isSilent = batch.Pending.Count > 0 && batch.Segments.Count == 0;
        batch.FailRest();
        foreach (var segment in batch.Segments) result.Add(segment);
        foreach (var failure in batch.Failures) result.Fail(failure, Reason(batch, failure));
        if (!isSilent) return;
        lock (_lock) _silent.Add(batch.Worker.Id);
    }

    public void Fault(Exception error)
    {
        Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(error), null);
        stop.Cancel();
    }

    public void Rethrow() => _fault?.Throw();

    private static string Reason(FetchBatch batch, FetchFailure failure)
    {
        var worker = $"worker {batch.Worker.Id} at {batch.Worker.Address}";
        if (failure.Fault == FetchFault.Corrupt) return $"what {worker} serves is corrupt";
        return batch.Problem is { } problem ? $"{worker} could not be asked: {problem}" : $"{worker} does not have it any more";
    }
}
