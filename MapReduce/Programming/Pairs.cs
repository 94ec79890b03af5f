using MapReduce.Map;
using MapReduce.Merge;
using MapReduce.Protocol;
using MapReduce.Reduce;

namespace MapReduce;

/// <summary>
/// Records of keys and values, as mappers emit them: to be combined and reduced, or a step's results as they are. Then there is one
/// part for each map task, in the order of the input. Immutable: each call gives a new one.
/// </summary>
/// <typeparam name="TKey">Keys: a type with a codec.</typeparam>
/// <typeparam name="TValue">Values: a type with a codec.</typeparam>
public sealed class Pairs<TKey, TValue> : Results<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    internal Pairs(StepInput input, IMapForm<TKey, TValue> form) : this(new MapSide<TKey, TValue>(input.Before, [new MapSource<TKey, TValue>(input.Shape, form)])) { }

    internal Pairs(MapSide<TKey, TValue> side) : base(format => side.End(side.WithoutReduce(format))) => Side = side;

    internal MapSide<TKey, TValue> Side { get; }

    /// <summary>
    /// Puts the records of another source to these, so that both go through one shuffle. Each source keeps its own format and
    /// mapper; a combiner or an order of these counts for both. One of them may be what a step before gives.
    /// </summary>
    /// <param name="other">Records of the same types.</param>
    /// <exception cref="ArgumentException">
    /// One of the two reads a named input and the other all paths of the job; both read what a step gives; or the other has a combiner or an
    /// order of its own.
    /// </exception>
    public Pairs<TKey, TValue> Concat(Pairs<TKey, TValue> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Side.Before.Count > 0 && other.Side.Before.Count > 0)
            throw new ArgumentException("Both sources read what a step gives, and a step reads no more than the one before it: let one Map emit the records of both.", nameof(other));
        // What the step before gives is the first source.
        var (first, second) = other.Side.Before.Count > 0 ? (other.Side, Side) : (Side, other.Side);
        var inputs = (InputShape[])[.. first.Before.SelectMany(step => step.Inputs), .. first.Inputs, .. second.Inputs];
        if (inputs.Any(input => input.Name is null) && Array.Find(inputs, input => input.Name is not null) is { } named)
            throw new ArgumentException($"One source reads the input '{named.Name}' and another has no name, so that its paths cannot be told: name the inputs of both.", nameof(other));
        if (other.Side != new MapSide<TKey, TValue>(other.Side.Before, other.Side.Sources))
            throw new ArgumentException("There is one combiner and one order for all sources: set them after Concat.", nameof(other));
        return new Pairs<TKey, TValue>(Side with { Before = first.Before, Sources = [.. first.Sources, .. second.Sources] });
    }

    /// <summary>
    /// Sends ranges of keys to the reduce tasks instead of spreading them by hash: the parts of the output, put together in
    /// order, are in order of the keys. A sample of the input finds ranges of about equal size first.
    /// </summary>
    public Pairs<TKey, TValue> TotalOrder() => new(Side with { IsTotalOrder = true });

    /// <summary>Gives the reducer the values of each key in ascending order: each that equals another, too. A combiner has no place beside it.</summary>
    /// <exception cref="NotSupportedException">The value is of a type without a codec.</exception>
    public Pairs<TKey, TValue> SortValues() => new(Side with { Order = ValueOrder.Whole<TValue>() });

    /// <summary>
    /// Gives the reducer the values of each key in ascending order of what a function takes from them, equal ones in the order of the
    /// input. Several parts make a tuple; <see cref="Descending{T}"/> turns one around. A combiner has no place beside it.
    /// </summary>
    /// <param name="by">Must depend on the value alone.</param>
    /// <exception cref="NotSupportedException">What the function gives is of a type without a codec.</exception>
    public Pairs<TKey, TValue> SortValuesBy<TSort>(Func<TValue, TSort> by) => new(Side with { Order = ValueOrder.By(by) });

    /// <summary>The same with the largest first.</summary>
    /// <param name="by">Must depend on the value alone.</param>
    /// <exception cref="NotSupportedException">What the function gives is of a type without a codec.</exception>
    public Pairs<TKey, TValue> SortValuesByDescending<TSort>(Func<TValue, TSort> by) => SortValuesBy(value => new Descending<TSort>(by(value)));

    /// <summary>Sends keys to the same reduce task, and so to the same part, if a function takes the same from them, such as the domain of an address.</summary>
    /// <param name="part">Must depend on the key alone, and be the same in every process: no <see cref="object.GetHashCode"/> of a string.</param>
    /// <exception cref="NotSupportedException">What the function gives is of a type without a codec.</exception>
    public Pairs<TKey, TValue> PartitionBy<TPart>(Func<TKey, TPart> part) => new(Side with { Partition = PartitionRule.By(part) });

    /// <summary>Sends keys to the reduce tasks that a function chooses.</summary>
    /// <param name="choose">From a key and the number of reduce tasks to one of them, from 0. Must depend on these alone.</param>
    public Pairs<TKey, TValue> PartitionBy(Func<TKey, int, int> choose) => new(Side with { Partition = new ChosenRule<TKey>(choose) });

    /// <summary>
    /// Sorts the records by key, over all parts, and keeps every one: a combiner is left out. Records with equal keys stay in the
    /// order of the input.
    /// </summary>
    public Results<TKey, TValue> Sort() => End(CodedStep.Create(Side with { IsTotalOrder = true, Fold = null, Group = null }, new IdentityStage<TKey, TValue>()));

    /// <summary>Reduces each key by a reducer, which may keep state.</summary>
    /// <param name="create">A new reducer for each attempt.</param>
    /// <exception cref="NotSupportedException">The key or the value is of a type without a codec.</exception>
    public Results<TOutKey, TOut> Reduce<TOutKey, TOut>(Func<IReducer<TKey, TValue, TOutKey, TOut>> create)
        where TOutKey : allows ref struct
        where TOut : allows ref struct =>
        End(CodedStep.Create(Side, new GroupStage<TKey, TValue, TOutKey, TOut>(create)));

    private Results<TOutKey, TOut> End<TOutKey, TOut>(Func<OutputFormat<TOutKey, TOut>, StepPlan> step)
        where TOutKey : allows ref struct
        where TOut : allows ref struct =>
        new(format => Side.End(step(format)));
}

/// <summary>What can be done with records only where the values are of a certain kind.</summary>
public static class PairsExtensions
{
    /// <summary>Combines the values of a key two at a time, before they travel and again as they arrive.</summary>
    /// <param name="pairs">The records.</param>
    /// <param name="fold">Must be associative, like the sum of two numbers.</param>
    public static Pairs<TKey, TValue> Combine<TKey, TValue>(this Pairs<TKey, TValue> pairs, Func<TValue, TValue, TValue> fold)
        where TKey : allows ref struct
        where TValue : unmanaged =>
        pairs.Combine(new LambdaFold<TValue>(fold));

    /// <summary>Combines the values of a key by a fold, which is inlined into the map side's table.</summary>
    /// <param name="pairs">The records.</param>
    /// <param name="fold">Such as <see cref="Sum{T}"/>.</param>
    public static Pairs<TKey, TValue> Combine<TKey, TValue, TFold>(this Pairs<TKey, TValue> pairs, TFold fold)
        where TKey : allows ref struct
        where TValue : unmanaged
        where TFold : struct, IFold<TValue> =>
        new(pairs.Side with { Fold = new FoldBinding<TKey, TValue, TFold>(fold), Group = null });

    /// <summary>Combines the values of a key by a function from some of them to fewer; it may run never, once or many times.</summary>
    /// <param name="pairs">The records.</param>
    /// <param name="combine">The result of the job must not depend on how often it runs.</param>
    public static Pairs<TKey, TValue> CombineValues<TKey, TValue>(this Pairs<TKey, TValue> pairs, CombineKey<TKey, TValue> combine)
        where TKey : allows ref struct =>
        new(pairs.Side with { Group = new GroupCombinerBinding<TKey, TValue>(combine), Fold = null });

    /// <summary>Reduces each key to one result by a lambda, its types inferred.</summary>
    /// <param name="pairs">The records.</param>
    /// <param name="reduce">Called for each key, keys ascending within a part.</param>
    /// <exception cref="NotSupportedException">The key or the value is of a type without a codec.</exception>
    public static Results<TKey, TOut> Reduce<TKey, TValue, TOut>(this Pairs<TKey, TValue> pairs, ReduceKey<TKey, TValue, TOut> reduce)
        where TKey : allows ref struct =>
        pairs.Reduce(() => new LambdaReducer<TKey, TValue, TOut>(reduce));
}
