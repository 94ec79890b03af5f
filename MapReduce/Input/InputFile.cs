namespace MapReduce.Input;

/// <summary>A file to be read.</summary>
/// <param name="Path">The absolute path by which it was reached.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedTicks">Last write, UTC ticks of 100 ns.</param>
/// <param name="Source">The input of the plan that reads it.</param>
/// <param name="IsWhole">True when it can be read from its start only.</param>
internal sealed record InputFile(string Path, long Length, long ModifiedTicks, int Source = 0, bool IsWhole = false);
