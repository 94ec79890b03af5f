namespace MapReduce;

/// <summary>
/// Makes the largest come first wherever values are ordered by their codec: as a key, as a part of one, or to sort the values of a
/// key by. As text it is the value.
/// </summary>
/// <typeparam name="T">A type with a codec.</typeparam>
/// <param name="Value">The value.</param>
public readonly record struct Descending<T>(T Value);
