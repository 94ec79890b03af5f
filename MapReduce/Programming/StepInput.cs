using MapReduce.Protocol;

namespace MapReduce;

/// <summary>What a step reads: an input of the job, or what the steps before it made.</summary>
/// <param name="Shape">What the planner needs to know of it.</param>
/// <param name="Before">The steps that make it; none for an input of the job.</param>
internal sealed record StepInput(InputShape Shape, IReadOnlyList<StepPlan> Before)
{
    public static implicit operator StepInput(InputShape shape) => new(shape, []);
}
