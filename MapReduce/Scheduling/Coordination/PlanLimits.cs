using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Scheduling.Journal;

namespace MapReduce.Scheduling.Coordination;

/// <summary>What a plan may ask of the scheduler.</summary>
internal static class PlanLimits
{
    // Every reduce looks into every map output: above this the shuffle is all seeks.
    private const long MaxSegments = 50_000_000;

    /// <exception cref="JobRejectedException">The plan has too many tasks.</exception>
    public static void Check(JobSpec spec, InputPlan plan)
    {
        var reasons = new List<string>();
        if (spec.Steps.Count == 0) reasons.Add("The job has no step: its plan must end with WriteText.");
        if (spec.Priority is < 1 or > 100) reasons.Add($"Priority is {spec.Priority}: choose 1 to 100.");
        if (spec.Lease <= TimeSpan.Zero) reasons.Add($"Lease is {spec.Lease}: choose a positive time, such as 10 s.");
        if (spec.MaxAttempts < 1 || spec.MaxDeaths < 1) reasons.Add($"MaxAttempts is {spec.MaxAttempts} and MaxDeaths {spec.MaxDeaths}: both must be 1 or more.");
        if (StepSizes.Of(spec, plan.SplitsOfSteps, plan.Reducers).MaxBy(step => (long)step.Maps * step.Reduces) is { } size && (long)size.Maps * size.Reduces > MaxSegments) reasons.Add(TooManySegments(plan, size));
        if (reasons.Count > 0) throw new JobRejectedException(reasons);
    }

    private static string TooManySegments(InputPlan plan, StepSize size)
    {
        var fitting = Math.Max(1, MaxSegments / size.Reduces);
        var splitSize = (plan.Splits.Sum(split => split.Length) / fitting + (1 << 20)) >> 20;
        return $"{size.Maps} map tasks times {size.Reduces} reduce tasks are {(long)size.Maps * size.Reduces} segments to shuffle (limit {MaxSegments}): "
            + $"choose a split size of {splitSize} MiB or more, or fewer reducers.";
    }
}
