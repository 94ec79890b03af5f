using MapReduce.Protocol;
using MapReduce.Worker;

namespace MapReduce.Shuffle;

/// <summary>Collects what a reduce attempt fetches, and all that could not be had. Safe for concurrent use.</summary>
internal sealed class FetchedSegments
{
    private readonly Lock _lock = new();
    private readonly List<Segment> _segments = [];
    private readonly List<(FetchFailure Failure, string Reason)> _failures = [];

    public void Add(Segment segment)
    {
        lock (_lock) _segments.Add(segment);
    }

    public void Fail(FetchFailure failure, string reason)
    {
        lock (_lock) _failures.Add((failure, reason));
    }

    /// <summary>The segments, ordered by map.</summary>
    /// <exception cref="AttemptFailedException">Some could not be had: it names all of them.</exception>
    public IReadOnlyList<Segment> Complete(TaskLease lease)
    {
        if (_failures.Count > 0) throw new AttemptFailedException(Failure(lease));
        _segments.Sort((left, right) => left.Source.Map.CompareTo(right.Source.Map));
        return _segments;
    }

    private AttemptFailure Failure(TaskLease lease)
    {
        _failures.Sort((left, right) => left.Failure.Map.CompareTo(right.Failure.Map));
        var (first, reason) = _failures[0];
        return new AttemptFailure(
            FailureKind.Fetch,
            $"Partition {lease.Task.Index} could not be fetched from {_failures.Count} of {lease.MapOutputs!.Count} map outputs: that of map {first.Map}: {reason}. The maps run again.",
            FetchFailures: [.. _failures.Select(each => each.Failure)]);
    }
}
