using MapReduce.Input;
using MapReduce.Protocol;

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
        var segments = (long)plan.Splits.Count * plan.Reducers;
        if (segments > MaxSegments) reasons.Add(TooManySegments(plan, segments));
        if (reasons.Count > 0) throw new JobRejectedException(reasons);
    }

    private static string TooManySegments(InputPlan plan, long segments)
    {
        var fitting = Math.Max(1, MaxSegments / plan.Reducers);
        var splitSize = (plan.Splits.Sum(split => split.Length) / fitting + (1 << 20)) >> 20;
        return $"{plan.Splits.Count} map tasks times {plan.Reducers} reduce tasks are {segments} segments to shuffle (limit {MaxSegments}): "
            + $"choose a split size of {splitSize} MiB or more, or fewer reducers.";
    }
}
