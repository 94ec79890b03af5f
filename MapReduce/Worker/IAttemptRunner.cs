using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>Runs attempts: reads, maps, sorts, merges, reduces, writes. Safe for concurrent use.</summary>
public interface IAttemptRunner
{
    /// <summary>Runs one attempt to its end.</summary>
    /// <param name="lease">What to run.</param>
    /// <param name="progress">Written while the attempt runs; read by the heartbeat.</param>
    /// <param name="cancellationToken">Stops the attempt: its lease was lost, its job cancelled, or its worker is leaving.</param>
    /// <returns>The result to report. Its files are the attempt's own until it wins.</returns>
    /// <exception cref="AttemptFailedException">The attempt failed; what it wrote was deleted.</exception>
    /// <exception cref="OperationCanceledException">The attempt was stopped; what it wrote was deleted.</exception>
    Task<AttemptResult> RunAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellationToken);

    /// <summary>Deletes what an attempt left that did not win.</summary>
    void Discard(TaskLease lease);

    /// <summary>Deletes the map outputs and scratch files of a job that has ended.</summary>
    void DiscardJob(string jobId);
}

/// <summary>An attempt failed in a way that it can explain.</summary>
public sealed class AttemptFailedException(AttemptFailure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    /// <summary>What to report.</summary>
    public AttemptFailure Failure { get; } = failure;
}

/// <summary>
/// How far an attempt has come. The attempt's thread writes, the heartbeat reads: single words, so that no lock is needed;
/// a reader may see one value newer than another.
/// </summary>
public sealed class AttemptProgress
{
    private long _bytesDone, _bytesTotal, _records;
    private volatile string _phase = "start";

    /// <summary>Begins a phase with its amount of work.</summary>
    public void Begin(string phase, long bytesTotal)
    {
        _phase = phase;
        Volatile.Write(ref _bytesTotal, bytesTotal);
        Volatile.Write(ref _bytesDone, 0);
    }

    /// <summary>Adds work done in this phase.</summary>
    public void Add(long bytes, long records)
    {
        Volatile.Write(ref _bytesDone, _bytesDone + bytes);
        Volatile.Write(ref _records, _records + records);
    }

    /// <summary>What a heartbeat reports.</summary>
    public AttemptSnapshot Snapshot()
    {
        var total = Volatile.Read(ref _bytesTotal);
        var fraction = total <= 0 ? 0 : Math.Clamp((double)Volatile.Read(ref _bytesDone) / total, 0, 1);
        return new AttemptSnapshot(fraction, Volatile.Read(ref _records), _phase);
    }
}
