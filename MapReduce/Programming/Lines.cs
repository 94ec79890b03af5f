using MapReduce.Map;
using MapReduce.Protocol;

namespace MapReduce;

/// <summary>Lines of input, to be mapped. Immutable.</summary>
public sealed class Lines
{
    private readonly InputShape _input;

    internal Lines(InputShape input) => _input = input;

    private Records<Line> Records => new(_input, new LineFlow());

    /// <summary>The lines that pass.</summary>
    public Records<Line> Where(Func<Line, bool> predicate) => Records.Where(predicate);

    /// <summary>Each line turned into a record.</summary>
    public Records<TResult> Select<TResult>(Func<Line, TResult> selector) => Records.Select(selector);

    /// <summary>Each line turned into any number of records.</summary>
    public Records<TResult> SelectMany<TResult>(Func<Line, IEnumerable<TResult>> selector) => Records.SelectMany(selector);

    /// <summary>Maps each line to a sequence of records by a lambda, its types inferred.</summary>
    /// <param name="map">Called for each line by one thread at a time in each attempt; must not share state between calls.</param>
    public Pairs<TKey, TValue> Map<TKey, TValue>(Func<Line, IEnumerable<(TKey Key, TValue Value)>> map) => new(_input, new LambdaForm<TKey, TValue>(map));

    /// <summary>Maps each line, as UTF-8 bytes, by a lambda that emits: nothing is allocated for a record.</summary>
    /// <param name="map">Called for each line by one thread at a time in each attempt; must not share state between calls.</param>
    public Pairs<TKey, TValue> Map<TKey, TValue>(MapLine<TKey, TValue> map)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        new(_input, new EmitForm<TKey, TValue>(map));

    /// <summary>Maps each line by a mapper, which may keep state.</summary>
    /// <param name="create">A new mapper for each attempt.</param>
    public Pairs<TKey, TValue> Map<TKey, TValue>(Func<IMapper<TKey, TValue>> create)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        new(_input, new LineMapperForm<TKey, TValue>(create));

    /// <summary>Maps blocks of many whole lines by a mapper: for work that needs no call for each line.</summary>
    /// <param name="create">A new mapper for each attempt.</param>
    public Pairs<TKey, TValue> MapBlocks<TKey, TValue>(Func<IBlockMapper<TKey, TValue>> create)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        new(_input, new BlockMapperForm<TKey, TValue>(create));
}
