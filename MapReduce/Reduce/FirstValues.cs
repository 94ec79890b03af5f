namespace MapReduce.Reduce;

/// <summary>Writes the first values of each key, as what becomes of the record.</summary>
internal sealed class FirstValues<TKey, TValue, TOutKey, TOut>(int limit, Func<TKey, TValue, (TOutKey Key, TOut Value)> result) : IReducer<TKey, TValue, TOutKey, TOut>
{
    public void Reduce(TKey key, ref Values<TValue> values, Writer<TOutKey, TOut> output)
    {
        for (var taken = 0; taken < limit && values.MoveNext(); taken++)
        {
            var (outKey, value) = result(key, values.Current);
            output.Write(outKey, value);
        }
    }
}
