namespace MapReduce;

/// <summary>A value of one side of a join on its way to the other.</summary>
/// <param name="IsRight">Which side it is of; the other side's value has no meaning.</param>
/// <param name="Left">The value of the left side.</param>
/// <param name="Right">The value of the right side.</param>
internal readonly record struct Joined<TLeft, TRight>(bool IsRight, TLeft Left, TRight Right);
