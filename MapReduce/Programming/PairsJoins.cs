using MapReduce.Reduce;

namespace MapReduce;

/// <summary>
/// Joins: records of two sources whose keys are equal. Both go through one shuffle, each with its own input and mapper. The values of
/// the left side of a key are kept, in memory and beyond that on disk, while those of the right side pass by: let the left side be the
/// one with fewer values to a key. Of a key, the first value of the right side comes first, with each of the left in turn.
/// </summary>
public static class PairsJoins
{
    /// <summary>Each value of the left side with each value of the right side of the same key. A key that one side lacks is left out.</summary>
    /// <param name="left">The left side: no combiner may be set; a total order or a partitioner counts for both.</param>
    /// <param name="right">The right side: nothing may be set.</param>
    /// <param name="result">Makes a record of the key and two values.</param>
    /// <exception cref="ArgumentException">One side reads a named input, and the other all paths of the job.</exception>
    /// <exception cref="NotSupportedException">A key or value is of a type without a codec, or a combiner or an order is set.</exception>
    public static Results<TKey, TOut> Join<TKey, TLeft, TRight, TOut>(this Pairs<TKey, TLeft> left, Pairs<TKey, TRight> right, Func<TKey, TLeft, TRight, TOut> result) =>
        left.JoinTo(right, result!, keepsLeft: false, keepsRight: false, nameof(Join));

    /// <summary>The same, but a value of the left side whose key the right side lacks comes once, with the default: null, or 0 of a number. Make values nullable to tell the two apart.</summary>
    /// <inheritdoc cref="Join"/>
    public static Results<TKey, TOut> LeftJoin<TKey, TLeft, TRight, TOut>(this Pairs<TKey, TLeft> left, Pairs<TKey, TRight> right, Func<TKey, TLeft, TRight?, TOut> result) =>
        left.JoinTo(right, result!, keepsLeft: true, keepsRight: false, nameof(LeftJoin));

    /// <summary>The same, but a value of either side whose key the other lacks comes once, with the default: null, or 0 of a number. Make values nullable to tell the two apart.</summary>
    /// <inheritdoc cref="Join"/>
    public static Results<TKey, TOut> FullJoin<TKey, TLeft, TRight, TOut>(this Pairs<TKey, TLeft> left, Pairs<TKey, TRight> right, Func<TKey, TLeft?, TRight?, TOut> result) =>
        left.JoinTo(right, result, keepsLeft: true, keepsRight: true, nameof(FullJoin));

    /// <summary>
    /// Joins with a side that is small enough to be in the memory of each worker: no shuffle is needed, and nothing but the records
    /// passes through. A key that the side lacks is left out.
    /// </summary>
    /// <param name="pairs">The records: no combiner or order may be set.</param>
    /// <param name="side">The small side by key, such as <c>Job.SideData(path, file => Lines(file).ToLookup(...))</c>.</param>
    /// <param name="result">Makes a value of the key, the record's value and one of the side's.</param>
    /// <exception cref="NotSupportedException">A combiner or an order is set.</exception>
    public static Pairs<TKey, TOut> BroadcastJoin<TKey, TValue, TSide, TOut>(this Pairs<TKey, TValue> pairs, SideData<ILookup<TKey, TSide>> side, Func<TKey, TValue, TSide, TOut> result)
    {
        ArgumentNullException.ThrowIfNull(side);
        return new(pairs.Side.Relay<TKey, TOut>(nameof(BroadcastJoin), (key, value, output) =>
        {
            foreach (var match in side.Value[key]) output.Emit(key, result(key, value, match));
        }));
    }

    private static Results<TKey, TOut> JoinTo<TKey, TLeft, TRight, TOut>(
        this Pairs<TKey, TLeft> left, Pairs<TKey, TRight> right, Func<TKey, TLeft?, TRight?, TOut> result, bool keepsLeft, bool keepsRight, string what)
    {
        ArgumentNullException.ThrowIfNull(right);
        var plain = left.Side with { IsTotalOrder = false, Partition = null };
        var lefts = plain.Relay<TKey, Joined<TLeft, TRight>>(what, (key, value, output) => output.Emit(key, new(false, value, default!))) with
        {
            IsTotalOrder = left.Side.IsTotalOrder,
            Partition = left.Side.Partition,
        };
        var rights = right.Side.Relay<TKey, Joined<TLeft, TRight>>(what, (key, value, output) => output.Emit(key, new(true, default!, value)));
        return new Pairs<TKey, Joined<TLeft, TRight>>(lefts).Concat(new(rights))
            .SortValuesBy(value => value.IsRight)
            .Reduce(() => new JoinReducer<TKey, TLeft, TRight, TOut>(result, keepsLeft, keepsRight));
    }
}
