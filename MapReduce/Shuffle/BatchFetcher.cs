using MapReduce.Protocol;

namespace MapReduce.Shuffle;

/// <summary>Fetches batches beside each other, each up to three times. Safe for concurrent use.</summary>
internal sealed class BatchFetcher(SegmentClient client, int parallelism, TimeProvider time) : IDisposable
{
    // A worker whose network hiccups is soon back; one that is gone is the master's to find out.
    private static readonly TimeSpan[] Retries = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)];

    private readonly SemaphoreSlim _free = new(parallelism);
    private int _files;

    public void Fetch(TaskLease lease, IReadOnlyList<FetchBatch> batches, string scratch, AttemptProgress progress, FetchedSegments result, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var fetch = new FetchRound(lease, scratch, progress, result, new Queue<FetchBatch>(batches), stop);
        var threads = Enumerable.Range(1, Math.Min(parallelism, batches.Count) - 1).Select(_ => new Thread(() => Work(fetch)) { IsBackground = true, Name = "fetch" }).ToList();
        foreach (var thread in threads) thread.Start();
        Work(fetch);
        foreach (var thread in threads) thread.Join();
        cancellation.ThrowIfCancellationRequested();
        fetch.Rethrow();
    }

    public void Dispose() => _free.Dispose();

    private void Work(FetchRound round)
    {
        try
        {
            while (round.Next() is { } batch)
            {
                Fetch(round, batch);
                round.Take(batch);
            }
        }
        catch (Exception error)
        {
            // Rethrown by the attempt's own thread.
            round.Fault(error);
        }
    }

    private void Fetch(FetchRound round, FetchBatch batch)
    {
        for (var tries = 0; batch.Pending.Count > 0; tries++)
        {
            if (tries > Retries.Length || round.GivesUp(batch)) break;
            if (tries > 0) Task.Delay(Retries[tries - 1], time, round.Cancellation).GetAwaiter().GetResult();
            _free.Wait(round.Cancellation);
            try
            {
                client.Fetch(round.Lease, batch, round.PathOf(Interlocked.Increment(ref _files)), round.Arrived, round.Cancellation);
            }
            finally
            {
                _free.Release();
            }
        }
    }
}
