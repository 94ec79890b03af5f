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

    /// <summary>Why no attempt can be run now, a full disk for instance; null (the default) when one can. Asked before each claim, and every 5 s while it refuses.</summary>
    string? Refusal => null;

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
