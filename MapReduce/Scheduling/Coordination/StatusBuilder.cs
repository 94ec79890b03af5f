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
        var fractions = running.Runs
            .GroupBy(run => run.Task)
            .GroupBy(task => task.Key.Kind, task => task.Max(run => run.Progress.Fraction))
            .ToDictionary(stage => stage.Key, stage => stage.Sum());
        var counts = new Dictionary<TaskKind, TaskCounts>();
        foreach (var kind in Enum.GetValues<TaskKind>())
        {
            var stage = view[kind];
            if (stage.Total == 0) continue;
            var progress = (stage.Done + fractions.GetValueOrDefault(kind)) / stage.Total;
            counts[kind] = new TaskCounts(stage.Total, stage.Running, stage.Done, Math.Min(1, progress));
        }
        return counts;
    }
}
