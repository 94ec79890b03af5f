using MapReduce.Counters;
using MapReduce.Serialization;

namespace MapReduce.Merge;

/// <summary>A general combiner before the codecs are known.</summary>
internal abstract class CombinerBinding<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public abstract RunCombiner Create<TKeyCodec, TValueCodec>(AttemptCounters counters)
        where TKeyCodec : struct, ICodec<TKey>
        where TValueCodec : struct, ICodec<TValue>;
}

internal sealed class GroupCombinerBinding<TKey, TValue>(CombineKey<TKey, TValue> combine) : CombinerBinding<TKey, TValue>
    where TKey : allows ref struct
{
    public override RunCombiner Create<TKeyCodec, TValueCodec>(AttemptCounters counters) =>
        new GroupCombiner<TKey, TKeyCodec, TValue, TValueCodec>(combine, counters);
}
