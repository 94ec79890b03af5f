using MapReduce.Reduce;

namespace MapReduce;

/// <summary>The largest records, and records by groups of keys. No more is kept or sent than can be among the largest.</summary>
public static class PairsTop
{
    /// <summary>The records with the largest values over all, the largest first; of equal values those with the least keys. All in one part.</summary>
    /// <param name="pairs">The records: no combiner or order may be set.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="NotSupportedException">The key or the value is of a type without a codec, or a combiner or an order is set.</exception>
    public static Results<TKey, TValue> Top<TKey, TValue>(this Pairs<TKey, TValue> pairs, int count) => pairs.Top(count, (_, value) => value);

    /// <summary>The records for which a function gives the most, the largest first; of equal ones those with the least key, then value. All in one part.</summary>
    /// <param name="pairs">The records: no combiner or order may be set.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="by">Must depend on the record alone.</param>
    /// <exception cref="NotSupportedException">The key, the value or what they are compared by is of a type without a codec, or a combiner or an order is set.</exception>
    public static Results<TKey, TValue> Top<TKey, TValue, TBy>(this Pairs<TKey, TValue> pairs, int count, Func<TKey, TValue, TBy> by)
    {
        var all = pairs.Side.Relay<NoValue, (Descending<TBy> By, TKey Key, TValue Value)>(
            nameof(Top), (key, value, output) => output.Emit(default, (new Descending<TBy>(by(key, value)), key, value)));
        return First(new Pairs<NoValue, (Descending<TBy> By, TKey Key, TValue Value)>(all).SortValues(), count, (_, record) => (record.Key, record.Value));
    }

    /// <summary>The results with the largest values, in a step of its own that reads those of all tasks; otherwise as of records.</summary>
    /// <param name="results">What a reduce gives.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="NotSupportedException">The key or the value is of a type without a codec.</exception>
    public static Results<TKey, TValue> Top<TKey, TValue>(this Results<TKey, TValue> results, int count) => results.Top(count, (_, value) => value);

    /// <summary>The results for which a function gives the most, in a step of its own that reads those of all tasks; otherwise as of records.</summary>
    /// <param name="results">What a reduce gives.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="by">Must depend on the result alone.</param>
    /// <exception cref="NotSupportedException">The key, the value or what they are compared by is of a type without a codec.</exception>
    public static Results<TKey, TValue> Top<TKey, TValue, TBy>(this Results<TKey, TValue> results, int count, Func<TKey, TValue, TBy> by) =>
        results.Map<TKey, TValue>((key, value, output) => output.Emit(key, value)).Top(count, by);

    /// <summary>The largest values of each key, the largest first, a record for each.</summary>
    /// <param name="pairs">The records: no combiner may be set.</param>
    /// <param name="count">How many of a key at most, at least 1.</param>
    /// <exception cref="NotSupportedException">The key or the value is of a type without a codec, or a combiner is set.</exception>
    public static Results<TKey, TValue> TopValues<TKey, TValue>(this Pairs<TKey, TValue> pairs, int count) =>
        First(pairs.SortValuesByDescending(value => value), count, (key, value) => (key, value));

    /// <summary>The values of each key for which a function gives the most, the largest first; of equal ones the least values.</summary>
    /// <param name="pairs">The records: no combiner may be set.</param>
    /// <param name="count">How many of a key at most, at least 1.</param>
    /// <param name="by">Must depend on the value alone.</param>
    /// <exception cref="NotSupportedException">The key, the value or what is compared is of a type without a codec, or a combiner is set.</exception>
    public static Results<TKey, TValue> TopValues<TKey, TValue, TBy>(this Pairs<TKey, TValue> pairs, int count, Func<TValue, TBy> by) =>
        First(pairs.SortValuesBy(value => (new Descending<TBy>(by(value)), value)), count, (key, value) => (key, value));

    /// <summary>
    /// Puts the values of several keys together: the reducer is called once for all keys of which a function takes the same, and has
    /// them with their values in ascending order of the keys.
    /// </summary>
    /// <param name="pairs">The records: no combiner or order may be set.</param>
    /// <param name="group">Must depend on the key alone; what it gives is the key from here on.</param>
    /// <exception cref="NotSupportedException">The key or the group is of a type without a codec, or a combiner or an order is set.</exception>
    public static Pairs<TGroup, (TKey Key, TValue Value)> GroupBy<TKey, TValue, TGroup>(this Pairs<TKey, TValue> pairs, Func<TKey, TGroup> group) =>
        new Pairs<TGroup, (TKey Key, TValue Value)>(pairs.Side.Relay<TGroup, (TKey Key, TValue Value)>(nameof(GroupBy), (key, value, output) => output.Emit(group(key), (key, value))))
            .SortValuesBy(value => value.Key);

    private static Results<TOutKey, TOut> First<TKey, TValue, TOutKey, TOut>(Pairs<TKey, TValue> sorted, int count, Func<TKey, TValue, (TOutKey Key, TOut Value)> result)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new Pairs<TKey, TValue>(sorted.Side with { Limit = count }).Reduce(() => new FirstValues<TKey, TValue, TOutKey, TOut>(count, result));
    }
}
