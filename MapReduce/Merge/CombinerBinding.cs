using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Merge;

/// <summary>A general combiner before the codecs are known.</summary>
internal abstract class CombinerBinding<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    /// <summary>A combiner of its own for one attempt.</summary>
    public abstract RunCombiner Create<TKeyCodec, TValueCodec>(TaskContext task, Workspace workspace)
        where TKeyCodec : struct, ICodec<TKey>
        where TValueCodec : struct, ICodec<TValue>;
}

internal sealed class GroupCombinerBinding<TKey, TValue>(CombineKey<TKey, TValue> combine) : CombinerBinding<TKey, TValue>
    where TKey : allows ref struct
{
    public override RunCombiner Create<TKeyCodec, TValueCodec>(TaskContext task, Workspace workspace) =>
        new GroupCombiner<TKey, TKeyCodec, TValue, TValueCodec>(combine, workspace.Counters);
}
