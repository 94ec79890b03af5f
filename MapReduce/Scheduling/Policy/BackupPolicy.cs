using MapReduce.Protocol;

namespace MapReduce.Scheduling.Policy;

/// <summary>Which running tasks get a second attempt: stragglers at the end of a stage, when slots would stand idle otherwise.</summary>
internal static class BackupPolicy
{
    private const int MinDone = 5;
    private const double Straggle = 1.5;

    /// <summary>True when backups may be thought of at all: nothing else is left to start, and enough is done to compare with.</summary>
    public static bool IsOpen(JobView job) =>
        job.Claimable is { } kind && job[kind] is { Running: > 0, Waiting: 0, Done: >= MinDone } stage && stage.Cursor == stage.Total;

    /// <summary>The stragglers, latest estimated finish first.</summary>
    public static IReadOnlyList<TaskId> Choose(RunningView running, TimeSpan lease) =>
        [.. running.Runs
            .GroupBy(run => run.Task)
            .Where(task => task.Count() == 1)
            .Select(task => task.First())
            .Where(run => run.Age > lease && Estimate(run) > Straggle * running.Median.TotalSeconds)
            .OrderByDescending(Estimate)
            .Select(run => run.Task)];

    // Seconds; a number, since a first byte of a gigabyte may promise more time than a TimeSpan holds. An attempt that has not
    // reported progress takes at least as long as it ran already.
    private static double Estimate(RunView run) =>
        run.Age.TotalSeconds / (run.Progress.Fraction > 0 ? Math.Min(1, run.Progress.Fraction) : 1);
}
