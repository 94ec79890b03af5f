using MapReduce.Protocol;

namespace MapReduce.Input;

/// <summary>How many bytes of input a map task gets.</summary>
internal static class SplitSize
{
    public const long Least = 32L << 20, Greatest = 1L << 30;

    // Bigger map tasks combine better; where nothing folds, smaller ones balance better.
    private const int FoldingTasksPerSlot = 2, TasksPerSlot = 4;

    // Of the budget, what records of a split may take with their index beside them, so that a task sorts without spilling.
    private const int PercentOfMemory = 55;

    /// <summary>The size asked for, else one that suits the input, the slots and their memory. No split that can be cut is larger.</summary>
    public static long For(JobSpec spec, StepShape step, long totalBytes)
    {
        if (spec.SplitSize > 0) return spec.SplitSize;
        var folds = step.Folds;
        var size = CeilingDivide(totalBytes, (long)spec.Slots * (folds ? FoldingTasksPerSlot : TasksPerSlot));
        if (!folds) size = Math.Min(size, spec.MemoryPerSlot / 100 * PercentOfMemory);
        return WholeWaves(totalBytes, Math.Clamp(size, Least, Greatest), spec.Slots);
    }

    /// <summary>A size, in whole MiB, of which the input makes at most so many splits.</summary>
    public static long Fitting(long totalBytes, long maxSplits, bool canSplitAll)
    {
        // A file that cannot be split may leave the split before it half empty.
        var size = CeilingDivide(totalBytes, maxSplits) * (canSplitAll ? 1 : 2);
        return CeilingDivide(Math.Max(size, 1), 1L << 20) << 20;
    }

    public static long CeilingDivide(long value, long divisor) => (value / divisor) + (value % divisor == 0 ? 0 : 1);

    // Splits are equal, so that a last wave of tasks that leaves slots idle is time lost.
    private static long WholeWaves(long totalBytes, long size, int slots)
    {
        var count = CeilingDivide(totalBytes, size);
        var waves = CeilingDivide(count, slots) * slots;
        return count > slots && totalBytes / waves >= Least / 2 ? CeilingDivide(totalBytes, waves) : size;
    }
}
