using MapReduce.Input;
using MapReduce.Protocol;

namespace MapReduce;

/// <summary>What a job does, ready to run: made by <c>WriteText</c> at the end of a chain that starts with <see cref="Job"/>.</summary>
public sealed class JobPlan
{
    internal JobPlan(IReadOnlyList<StepPlan> steps) => Steps = steps;

    /// <summary>What the planner needs to know of each input that the plan reads; two that have one name read the same files.</summary>
    public IReadOnlyList<InputShape> Inputs => [.. Steps.SelectMany((step, number) => step.Inputs.Select(input => input with { Step = number }))];

    /// <summary>What the scheduler needs to know of each step.</summary>
    public IReadOnlyList<StepShape> Shapes => [.. Steps.Select(step => step.Shape)];

    internal IReadOnlyList<StepPlan> Steps { get; }

    /// <summary>Inputs as a person names them, their paths made absolute.</summary>
    /// <param name="inputs">Files, directories and glob patterns; each as <c>name=path</c> where the plan names its inputs.</param>
    public IReadOnlyList<string> FullInputs(IEnumerable<string> inputs)
    {
        var hasNames = InputEntry.HasNames(Inputs);
        return [.. inputs.Select(input => InputEntry.Parse(input, hasNames)).Select(entry => (entry with { Path = Path.GetFullPath(entry.Path) }).ToString())];
    }

    internal JobPlan WithoutCombiner(Action<string> found) => new([.. Steps.Select(step => step.WithoutCombiner(found))]);

    internal JobPlan WithCombinerTwice() => new([.. Steps.Select(step => step.WithCombinerTwice())]);
}
