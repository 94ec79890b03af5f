using MapReduce.Protocol;

namespace MapReduce.Map;

/// <summary>An input of a step and what maps it.</summary>
internal sealed record MapSource<TKey, TValue>(InputShape Shape, IMapForm<TKey, TValue> Form)
    where TKey : allows ref struct
    where TValue : allows ref struct;
