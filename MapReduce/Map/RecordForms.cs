using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Emits records that are keys and values already.</summary>
internal sealed class PairForm<TKey, TValue>(RecordFlow<(TKey Key, TValue Value)> flow) : IMapForm<TKey, TValue>
{
    public IMapBody Start(Emitter<TKey, TValue> output, TaskContext task) => flow.Start(new EmitSink<TKey, TValue>(output));
}

/// <summary>A lambda from a record to an emitter.</summary>
internal sealed class RecordEmitForm<T, TKey, TValue>(RecordFlow<T> flow, MapRecord<T, TKey, TValue> map) : IMapForm<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public IMapBody Start(Emitter<TKey, TValue> output, TaskContext task) => flow.Start(new MapSink(map, output));

    private sealed class MapSink(MapRecord<T, TKey, TValue> map, Emitter<TKey, TValue> output) : Sink<T>
    {
        public override void Put(in T item) => map(item, output);
    }
}

/// <summary>A mapper of records.</summary>
internal sealed class RecordMapperForm<T, TKey, TValue>(RecordFlow<T> flow, Func<IRecordMapper<T, TKey, TValue>> create) : IMapForm<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public IMapBody Start(Emitter<TKey, TValue> output, TaskContext task)
    {
        var mapper = create();
        mapper.Setup(task);
        return new Body(flow.Start(new MapSink(mapper, output)), mapper, output);
    }

    private sealed class Body(IMapBody records, IRecordMapper<T, TKey, TValue> mapper, Emitter<TKey, TValue> output) : IMapBody
    {
        public void Map(InputPiece piece, Workspace workspace, BadRecords? bad) => records.Map(piece, workspace, bad);

        public void Finish() => mapper.Finish(output);
    }

    private sealed class MapSink(IRecordMapper<T, TKey, TValue> mapper, Emitter<TKey, TValue> output) : Sink<T>
    {
        public override void Put(in T item) => mapper.Map(item, output);
    }
}
