using MapReduce.Counters;
using MapReduce.Map;

namespace MapReduce.Output;

/// <summary>Writes what a map-only task emits straight to its part.</summary>
internal sealed class PartEmitter<TKey, TValue>(Writer<TKey, TValue> part, AttemptCounters counters) : DirectEmitter<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private protected override void EmitCoded(TKey key, TValue value)
    {
        counters.MapOutputRecords++;
        part.Write(key, value);
    }
}
