namespace MapReduce.Input;

/// <summary>A job's input, cut into map tasks.</summary>
/// <param name="Splits">One for each map task that reads input: those of the first step, then of the second, each in the order of the input (by path, then offset).</param>
/// <param name="Reducers">Reduce tasks of the first step; 0 when it is map-only.</param>
/// <param name="Notes">What a person should know: files skipped, a path that was named twice.</param>
public sealed record InputPlan(IReadOnlyList<InputSplit> Splits, int Reducers, IReadOnlyList<string> Notes)
{
    /// <summary>How many of the splits each step reads. Default: the first reads all of them.</summary>
    public IReadOnlyList<int> SplitsOfSteps { get => field ?? [Splits.Count]; init; }
}
