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
}
