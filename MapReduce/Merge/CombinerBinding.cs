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

    /// <summary>A combiner that combines halves of the values, and then what it made of them. For tests of jobs.</summary>
    public virtual CombinerBinding<TKey, TValue> Twice() => this;
}

internal sealed class GroupCombinerBinding<TKey, TValue>(CombineKey<TKey, TValue> combine) : CombinerBinding<TKey, TValue>
    where TKey : allows ref struct
{
    public override RunCombiner Create<TKeyCodec, TValueCodec>(TaskContext task, Workspace workspace) =>
        new GroupCombiner<TKey, TKeyCodec, TValue, TValueCodec>(combine, workspace.Counters);

    public override CombinerBinding<TKey, TValue> Twice() => new GroupCombinerBinding<TKey, TValue>((key, values) =>
    {
        var all = values.ToList();
        var half = (all.Count + 1) / 2;
        var made = combine(key, all[..half]).ToList();
        // A combiner is never given nothing.
        if (half < all.Count) made.AddRange(combine(key, all[half..]));
        return made.Count > 0 ? combine(key, made) : made;
    });
}
