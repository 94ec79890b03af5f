using MapReduce.Counters;
using MapReduce.Merge;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>A combiner that folds, with its type hidden.</summary>
internal abstract class FoldBinding<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    /// <summary>True when values fit the fold table; otherwise the fold runs over sorted records.</summary>
    public abstract bool FitsTable { get; }

    public abstract MapBuffer<TKey, TValue> CreateBuffer<TKeyCodec, TValueCodec>(Workspace workspace, Partitioner partitioner)
        where TKeyCodec : struct, ICodec<TKey>
        where TValueCodec : struct, ICodec<TValue>;

    /// <summary>Folds runs together and gives all keys in order; what it needs until then is released with the stream.</summary>
    public abstract RecordStream Refold<TKeyCodec, TValueCodec>(Workspace workspace, IEnumerable<RunReader> runs)
        where TKeyCodec : struct, ICodec<TKey>
        where TValueCodec : struct, ICodec<TValue>;

    public abstract RunCombiner CreateCombiner<TValueCodec>(AttemptCounters counters)
        where TValueCodec : struct, ICodec<TValue>;

    /// <summary>The same records, on whose values the fold is tried as they pass.</summary>
    public abstract RecordStream Check<TValueCodec>(RecordStream sorted, FoldFlaw found)
        where TValueCodec : struct, ICodec<TValue>;
}

internal sealed class FoldBinding<TKey, TValue, TFold>(TFold fold) : FoldBinding<TKey, TValue>
    where TKey : allows ref struct
    where TValue : unmanaged
    where TFold : struct, IFold<TValue>
{
    public override bool FitsTable => ValueBits.Fit<TValue>();

    public override MapBuffer<TKey, TValue> CreateBuffer<TKeyCodec, TValueCodec>(Workspace workspace, Partitioner partitioner) =>
        Create<TKeyCodec, TValueCodec>(workspace, partitioner);

    public override RecordStream Refold<TKeyCodec, TValueCodec>(Workspace workspace, IEnumerable<RunReader> runs)
    {
        // Its records were counted when the maps emitted them; only what is spilled here is new.
        var counters = new AttemptCounters();
        var buffer = Create<TKeyCodec, TValueCodec>(workspace with { Counters = counters }, new HashPartitioner(1));
        try
        {
            foreach (var run in runs)
            {
                using (run) buffer.Absorb(run);
            }

            var ordered = new OwningStream(buffer.Ordered(), buffer);
            workspace.Counters.SpilledRecords += counters.SpilledRecords;
            return ordered;
        }
        catch
        {
            ((IDisposable)buffer).Dispose();
            throw;
        }
    }

    public override RunCombiner CreateCombiner<TValueCodec>(AttemptCounters counters) => new FoldCombiner<TValue, TValueCodec, TFold>(fold, counters);

    public override RecordStream Check<TValueCodec>(RecordStream sorted, FoldFlaw found) => new FoldCheck<TValue, TValueCodec, TFold>(fold, sorted, found);

    private FoldBuffer<TKey, TKeyCodec, TValue, TValueCodec, TFold> Create<TKeyCodec, TValueCodec>(Workspace workspace, Partitioner partitioner)
        where TKeyCodec : struct, ICodec<TKey>
        where TValueCodec : struct, ICodec<TValue> =>
        new(fold, workspace, partitioner, CreateCombiner<TValueCodec>(workspace.Counters));
}
