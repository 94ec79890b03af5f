using MapReduce.Protocol;
using MapReduce.Scheduling.Journal;

namespace MapReduce.Scheduling.Coordination;

/// <summary>Makes the status that people see. Costs as much as there are running attempts, not tasks.</summary>
internal static class StatusBuilder
{
    public static JobStatus Build(JournalEntry entry, JobView view, RunningView running, IReadOnlyDictionary<string, long> counters) => new()
    {
        JobId = entry.JobId,
        State = view.State,
        Tasks = Stages(view, running),
        Attempts = view.Attempts,
        Counters = counters,
        InputBytes = entry.InputBytes,
        Error = view.Error,
        SubmittedAt = entry.SubmittedAt,
        EndedAt = view.EndedAt,
    };

    /// <summary>A job that the store does not know: not there yet, or wiped.</summary>
    public static JobStatus Build(JournalEntry entry) => new()
    {
        JobId = entry.JobId,
        State = JobState.Submitted,
        Tasks = new Dictionary<TaskKind, TaskCounts>(),
        Attempts = default,
        Counters = new Dictionary<string, long>(),
        InputBytes = entry.InputBytes,
        SubmittedAt = entry.SubmittedAt,
    };

    /// <summary>The end that was journaled stands, even if the store was set back to a time before it.</summary>
    public static JobStatus WithEnd(JobStatus status, JournalEnd end) =>
        status with { State = end.State, Error = end.Error, EndedAt = end.EndedAt, Counters = end.Counters };

    private static Dictionary<TaskKind, TaskCounts> Stages(JobView view, RunningView running)
    {
        var counts = new Dictionary<TaskKind, TaskCounts>();
        foreach (var kind in (ReadOnlySpan<TaskKind>)[TaskKind.Sample, TaskKind.Map, TaskKind.Reduce])
        {
            var stage = view[kind];
            if (stage.Total == 0) continue;
            var progress = (stage.Done + Fractions(running, kind)) / stage.Total;
            counts[kind] = new TaskCounts(stage.Total, stage.Running, stage.Done, Math.Min(1, progress));
        }
        return counts;
    }

    // Of a task that runs twice, the attempt that is ahead counts. Runs of one task are few, and mostly one.
    private static double Fractions(RunningView running, TaskKind kind)
    {
        var best = new Dictionary<int, double>();
        foreach (var run in running.Runs)
        {
            if (run.Task.Kind == kind) best[run.Task.Index] = Math.Max(best.GetValueOrDefault(run.Task.Index), run.Progress.Fraction);
        }
        return best.Values.Sum();
    }
}
