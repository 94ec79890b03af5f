using System.Text.Json.Serialization.Metadata;
using MapReduce.Output;

namespace MapReduce;

/// <summary>The formats that outputs are written in, for <see cref="Results{TKey, TValue}.Write"/> and for named outputs.</summary>
public static class OutputFormat
{
    /// <summary>A line for each record: key, TAB, value; or the one alone where the other is <see cref="NoValue"/>.</summary>
    /// <param name="options">Compression, and what becomes of empty parts; null (the default) for neither.</param>
    public static OutputFormat<TKey, TValue> Text<TKey, TValue>(OutputOptions? options = null)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        new TextOutput<TKey, TValue> { Options = options ?? OutputOptions.Default };

    /// <summary>A JSON value on a line for each record (JSON Lines), in files that end in .jsonl.</summary>
    /// <param name="record">Makes the value, such as <c>(word, count) => new { word, count }</c>.</param>
    /// <param name="type">
    /// How it is written, such as the source generator makes it; null (the default) for reflection with names in camel case. A tuple has
    /// items named item1, item2 and so on.
    /// </param>
    /// <param name="options">Compression, and what becomes of empty parts; null (the default) for neither.</param>
    /// <exception cref="NotSupportedException">The serializer cannot write the type.</exception>
    public static OutputFormat<TKey, TValue> Json<TKey, TValue, T>(Func<TKey, TValue, T> record, JsonTypeInfo<T>? type = null, OutputOptions? options = null)
        where TKey : allows ref struct
        where TValue : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(record);
        return new JsonOutput<TKey, TValue, T>(record, type ?? JsonTypes.Of<T>()) { Options = options ?? OutputOptions.Default };
    }
}
