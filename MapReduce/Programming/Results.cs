using System.Text.Json.Serialization.Metadata;
using MapReduce.Chain;
using MapReduce.Output;

namespace MapReduce;

/// <summary>Records that a step makes: to be written, or to be read by the next step. Immutable.</summary>
/// <typeparam name="TKey">Keys.</typeparam>
/// <typeparam name="TValue">Values.</typeparam>
public class Results<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private readonly Func<OutputFormat<TKey, TValue>, IReadOnlyList<StepPlan>> _steps;

    internal Results(Func<OutputFormat<TKey, TValue>, IReadOnlyList<StepPlan>> steps) => _steps = steps;

    /// <summary>Writes a line for each record: key, TAB, value; or the one alone where the other is <see cref="NoValue"/>. One part for each task of the last step.</summary>
    /// <param name="options">Compression, and what becomes of empty parts; null (the default) for neither.</param>
    public JobPlan WriteText(OutputOptions? options = null) => Write(OutputFormat.Text<TKey, TValue>(options));

    /// <summary>Writes a JSON value on a line for each record (JSON Lines), one part, which ends in .jsonl, for each task of the last step.</summary>
    /// <param name="record">Makes the value, such as <c>(word, count) => new { word, count }</c>.</param>
    /// <param name="type">How it is written, such as the source generator makes it; null (the default) for reflection with names in camel case.</param>
    /// <param name="options">Compression, and what becomes of empty parts; null (the default) for neither.</param>
    /// <exception cref="NotSupportedException">The serializer cannot write the type.</exception>
    public JobPlan WriteJson<T>(Func<TKey, TValue, T> record, JsonTypeInfo<T>? type = null, OutputOptions? options = null) => Write(OutputFormat.Json(record, type, options));

    /// <summary>Writes records in any format, one part for each task of the last step.</summary>
    public JobPlan Write(OutputFormat<TKey, TValue> format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return new JobPlan(_steps(format));
    }

    /// <summary>
    /// Begins another step of the same job with these records, mapped by a lambda that emits. They travel as their codecs encode them,
    /// never as text; each part is one map task's.
    /// </summary>
    /// <param name="map">Called for each record by one thread at a time in each attempt; must not share state between calls.</param>
    /// <exception cref="NotSupportedException">The key or the value is of a type without a codec.</exception>
    public Pairs<TNextKey, TNextValue> Map<TNextKey, TNextValue>(MapPair<TKey, TValue, TNextKey, TNextValue> map)
        where TNextKey : allows ref struct
        where TNextValue : allows ref struct
    {
        var link = Link();
        return link.Records.Map<TNextKey, TNextValue>((record, output) => map(link.Key(record), link.Value(record), output));
    }

    /// <summary>Begins another step of the same job with these records, each mapped by a lambda to a sequence of records.</summary>
    /// <param name="map">Called for each record by one thread at a time in each attempt; must not share state between calls.</param>
    /// <exception cref="NotSupportedException">The key or the value is of a type without a codec.</exception>
    public Pairs<TNextKey, TNextValue> Map<TNextKey, TNextValue>(Func<TKey, TValue, IEnumerable<(TNextKey Key, TNextValue Value)>> map)
    {
        var link = Link();
        return link.Records.Map(record => map(link.Key(record), link.Value(record)));
    }

    internal Link<TKey, TValue> Link() => new(_steps);
}

/// <summary>Maps one record of the step before.</summary>
/// <param name="key">Its key, valid during the call.</param>
/// <param name="value">Its value, valid during the call.</param>
/// <param name="output">Takes what is emitted.</param>
public delegate void MapPair<TKey, TValue, TNextKey, TNextValue>(TKey key, TValue value, Emitter<TNextKey, TNextValue> output)
    where TKey : allows ref struct
    where TValue : allows ref struct
    where TNextKey : allows ref struct
    where TNextValue : allows ref struct;

/// <summary>What can be done with results only where they fit into a tuple.</summary>
public static class ResultsExtensions
{
    /// <summary>Begins another step of the same job, which reads these records like an input: to be filtered, turned into others, or mapped by a mapper that keeps state.</summary>
    /// <param name="results">The records.</param>
    /// <exception cref="NotSupportedException">The key or the value is of a type without a codec.</exception>
    public static Records<(TKey Key, TValue Value)> AsRecords<TKey, TValue>(this Results<TKey, TValue> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var link = results.Link();
        return link.Records.Select(record => (link.Key(record), link.Value(record)));
    }
}
