using MapReduce.Protocol;

namespace MapReduce;

/// <summary>What a job does, ready to run: made by <c>WriteText</c> at the end of a chain that starts with <see cref="Job"/>.</summary>
public sealed class JobPlan
{
    internal JobPlan(IReadOnlyList<StepPlan> steps) => Steps = steps;

    /// <summary>What the scheduler needs to know of each step.</summary>
    public IReadOnlyList<StepShape> Shapes => [.. Steps.Select(step => step.Shape)];

    internal IReadOnlyList<StepPlan> Steps { get; }

    internal JobPlan WithoutCombiner(Action<string> found) => new([.. Steps.Select(step => step.WithoutCombiner(found))]);
}
