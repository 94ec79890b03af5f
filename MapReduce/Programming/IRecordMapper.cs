namespace MapReduce;

/// <summary>Maps records of a format. One instance for each attempt, used by one thread: it may keep state and buffers.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">Keys emitted.</typeparam>
/// <typeparam name="TValue">Values emitted.</typeparam>
public interface IRecordMapper<T, TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    /// <summary>Called once, before the first record.</summary>
    void Setup(TaskContext task) { }

    /// <summary>Called for each record. Whatever the record refers to in the input is valid during the call.</summary>
    void Map(T record, Emitter<TKey, TValue> output);

    /// <summary>Called once, after the last record of the task.</summary>
    void Finish(Emitter<TKey, TValue> output) { }
}

/// <summary>Maps one record.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">Keys emitted.</typeparam>
/// <typeparam name="TValue">Values emitted.</typeparam>
/// <param name="record">The record; what it refers to in the input is valid during the call.</param>
/// <param name="output">Takes what is emitted.</param>
public delegate void MapRecord<in T, TKey, TValue>(T record, Emitter<TKey, TValue> output)
    where TKey : allows ref struct
    where TValue : allows ref struct;
