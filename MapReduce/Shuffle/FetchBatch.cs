using MapReduce.Protocol;

namespace MapReduce.Shuffle;

/// <summary>Map outputs that one request asks of one worker, and what became of each. Used by one thread.</summary>
/// <param name="worker">Where they lie; its address is not null.</param>
/// <param name="outputs">At most <see cref="SegmentRequest.MaxMaps"/>.</param>
internal sealed class FetchBatch(WorkerRegistration worker, IReadOnlyList<MapOutputLocation> outputs)
{
    private readonly HashSet<int> _corrupt = [];

    public WorkerRegistration Worker => worker;

    /// <summary>Those that were neither brought here nor given up.</summary>
    public List<MapOutputLocation> Pending { get; private set; } = [.. outputs];

    public List<Segment> Segments { get; } = [];

    public List<FetchFailure> Failures { get; } = [];

    /// <summary>Why what is pending still is; null while nothing went wrong.</summary>
    public string? Problem { get; set; }

    /// <summary>A verified segment was brought here, or there is none for the partition.</summary>
    public void Done(MapOutputLocation output, Segment? segment)
    {
        Pending.Remove(output);
        if (segment is not null) Segments.Add(segment);
    }

    /// <summary>What came was damaged: perhaps only on its way, so it stays pending.</summary>
    public void Damaged(MapOutputLocation output) => _corrupt.Add(output.Map);

    /// <summary>It cannot be had, however often it is asked for.</summary>
    public void Fail(MapOutputLocation output, FetchFault fault)
    {
        Pending.Remove(output);
        Failures.Add(new FetchFailure(output.Map, output.Token, fault));
    }

    /// <summary>Gives up what is pending.</summary>
    public void FailRest()
    {
        foreach (var output in Pending) Failures.Add(new FetchFailure(output.Map, output.Token, _corrupt.Contains(output.Map) ? FetchFault.Corrupt : FetchFault.Unreachable));
        Pending = [];
    }
}
