using MapReduce.Counters;
using MapReduce.Map;
using MapReduce.Spill;

namespace MapReduce.Output;

/// <summary>Writes what a map-only task emits straight to its part, which itself holds back what may not stand.</summary>
internal sealed class PartEmitter<TKey, TValue>(Writer<TKey, TValue> part, AttemptCounters counters) : DirectEmitter<TKey, TValue>, IStage
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private long _kept;

    public void Keep() => _kept = counters.MapOutputRecords;

    public void Drop() => counters.MapOutputRecords = _kept;

    private protected override void EmitCoded(TKey key, TValue value)
    {
        counters.MapOutputRecords++;
        part.Write(key, value);
    }
}
