using System.Diagnostics.CodeAnalysis;
using MapReduce.Map;

namespace MapReduce;

/// <summary>Lines of input, to be mapped. Immutable.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "A chain reads from left to right: these are steps of it, not functions.")]
public sealed class Lines
{
    internal Lines() { }

    /// <summary>Maps each line to a sequence of records by a lambda, its types inferred.</summary>
    /// <param name="map">Called for each line by one thread at a time in each attempt; must not share state between calls.</param>
    public Pairs<TKey, TValue> Map<TKey, TValue>(Func<Line, IEnumerable<(TKey Key, TValue Value)>> map) => new(new LambdaForm<TKey, TValue>(map));

    /// <summary>Maps each line, as UTF-8 bytes, by a lambda that emits: nothing is allocated for a record.</summary>
    /// <param name="map">Called for each line by one thread at a time in each attempt; must not share state between calls.</param>
    public Pairs<TKey, TValue> Map<TKey, TValue>(MapLine<TKey, TValue> map)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        new(new EmitForm<TKey, TValue>(map));

    /// <summary>Maps each line by a mapper, which may keep state.</summary>
    /// <param name="create">A new mapper for each attempt.</param>
    public Pairs<TKey, TValue> Map<TKey, TValue>(Func<IMapper<TKey, TValue>> create)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        new(new LineMapperForm<TKey, TValue>(create));

    /// <summary>Maps blocks of many whole lines by a mapper: for work that needs no call for each line.</summary>
    /// <param name="create">A new mapper for each attempt.</param>
    public Pairs<TKey, TValue> MapBlocks<TKey, TValue>(Func<IBlockMapper<TKey, TValue>> create)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        new(new BlockMapperForm<TKey, TValue>(create));
}
