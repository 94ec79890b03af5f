namespace MapReduce.Counters;

/// <summary>The engine's own counters of a running attempt: fields, because they change in the innermost loops.</summary>
internal sealed class AttemptCounters
{
    public long BytesRead, BytesWritten, MapInputRecords, MapSkippedRecords, MapOutputRecords, MaterializedBytes, CombineInputRecords, CombineOutputRecords,
        SpilledRecords, ShuffleBytes, ShuffledMaps, ReduceInputRecords, ReduceInputGroups, ReduceOutputRecords;

    /// <summary>Adds them under their names.</summary>
    public void AddTo(CounterSet counters)
    {
        counters.Add(CounterNames.BytesRead, BytesRead);
        counters.Add(CounterNames.BytesWritten, BytesWritten);
        counters.Add(CounterNames.MapInputRecords, MapInputRecords);
        counters.Add(CounterNames.MapSkippedRecords, MapSkippedRecords);
        counters.Add(CounterNames.MapOutputRecords, MapOutputRecords);
        counters.Add(CounterNames.MapOutputMaterializedBytes, MaterializedBytes);
        counters.Add(CounterNames.CombineInputRecords, CombineInputRecords);
        counters.Add(CounterNames.CombineOutputRecords, CombineOutputRecords);
        counters.Add(CounterNames.SpilledRecords, SpilledRecords);
        counters.Add(CounterNames.ReduceShuffleBytes, ShuffleBytes);
        counters.Add(CounterNames.ShuffledMaps, ShuffledMaps);
        counters.Add(CounterNames.ReduceInputRecords, ReduceInputRecords);
        counters.Add(CounterNames.ReduceInputGroups, ReduceInputGroups);
        counters.Add(CounterNames.ReduceOutputRecords, ReduceOutputRecords);
    }
}
