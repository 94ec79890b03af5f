using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Collects what a map task emits, partitions, combines and sorts it, and writes the map output.</summary>
internal abstract class MapBuffer<TKey, TValue>(bool batches) : Emitter<TKey, TValue>(batches)
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    /// <summary>Writes the map output: one run with a segment for each partition that has records.</summary>
    public abstract RunFile Complete(string path);
}
