using MapReduce.Map;

namespace MapReduce;

/// <summary>
/// Records of input, to be mapped. Immutable: each call gives a new one. What a record refers to in the input
/// (<see cref="Utf8Text"/>, memory) is valid during the call that is given it.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
public sealed class Records<T>
{
    private readonly StepInput _input;
    private readonly RecordFlow<T> _flow;

    internal Records(StepInput input, RecordFlow<T> flow) => (_input, _flow) = (input, flow);

    /// <summary>The records that pass.</summary>
    public Records<T> Where(Func<T, bool> predicate) => new(_input, new WhereFlow<T>(_flow, predicate));

    /// <summary>Each record turned into another.</summary>
    public Records<TResult> Select<TResult>(Func<T, TResult> selector) => new(_input, new SelectFlow<T, TResult>(_flow, selector));

    /// <summary>Each record turned into any number of others.</summary>
    public Records<TResult> SelectMany<TResult>(Func<T, IEnumerable<TResult>> selector) => new(_input, new SelectManyFlow<T, TResult>(_flow, selector));

    /// <summary>Maps each record to a key and a value by a lambda, its types inferred.</summary>
    /// <param name="map">Called for each record by one thread at a time in each attempt; must not share state between calls.</param>
    public Pairs<TKey, TValue> Map<TKey, TValue>(Func<T, (TKey Key, TValue Value)> map) =>
        new(_input, new PairForm<TKey, TValue>(new SelectFlow<T, (TKey Key, TValue Value)>(_flow, map)));

    /// <summary>Maps each record to a sequence of keys and values by a lambda, its types inferred.</summary>
    /// <param name="map">Called for each record by one thread at a time in each attempt; must not share state between calls.</param>
    public Pairs<TKey, TValue> Map<TKey, TValue>(Func<T, IEnumerable<(TKey Key, TValue Value)>> map) =>
        new(_input, new PairForm<TKey, TValue>(new SelectManyFlow<T, (TKey Key, TValue Value)>(_flow, map)));

    /// <summary>Maps each record by a lambda that emits: nothing is allocated for a record.</summary>
    /// <param name="map">Called for each record by one thread at a time in each attempt; must not share state between calls.</param>
    public Pairs<TKey, TValue> Map<TKey, TValue>(MapRecord<T, TKey, TValue> map)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        new(_input, new RecordEmitForm<T, TKey, TValue>(_flow, map));

    /// <summary>Maps each record by a mapper, which may keep state.</summary>
    /// <param name="create">A new mapper for each attempt.</param>
    public Pairs<TKey, TValue> Map<TKey, TValue>(Func<IRecordMapper<T, TKey, TValue>> create)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        new(_input, new RecordMapperForm<T, TKey, TValue>(_flow, create));
}
