using MapReduce.Protocol;

namespace MapReduce;

/// <summary>One step of a plan, with the types of its keys and values hidden.</summary>
internal abstract class StepPlan
{
    public abstract StepShape Shape { get; }
}
