using MapReduce.Protocol;
using MapReduce.Scheduling.Journal;

namespace MapReduce.Scheduling.Coordination;

/// <summary>Makes the status that people see. Costs as much as there are running attempts, not tasks.</summary>
internal static class StatusBuilder
{
    public static JobStatus Build(JournalEntry entry, JobView view, RunningView running, IReadOnlyDictionary<string, long> counters) => new()
    {
        JobId = entry.JobId,
        Name = entry.Spec.Name ?? entry.Spec.Job,
        Output = entry.Spec.Output,
        TraceId = entry.Origin.TraceId(),
        State = view.State,
        Step = view.Step + 1,
        Steps = entry.Spec.Steps.Count,
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
        Name = entry.Spec.Name ?? entry.Spec.Job,
        Output = entry.Spec.Output,
        TraceId = entry.Origin.TraceId(),
        State = JobState.Submitted,
        Steps = entry.Spec.Steps.Count,
        Tasks = new Dictionary<TaskKind, TaskCounts>(),
        Attempts = default,
        Counters = new Dictionary<string, long>(),
        InputBytes = entry.InputBytes,
        SubmittedAt = entry.SubmittedAt,
    };

    /// <summary>An ended job: what was journaled stands, whatever the store remembers.</summary>
    public static JobStatus Build(JournalEntry entry, JournalEnd end) => Build(entry) with
    {
        State = end.State,
        Error = end.Error,
        EndedAt = end.EndedAt,
        Counters = end.Counters,
        Attempts = end.Attempts,
        Step = end.Step,
        Tasks = end.Tasks,
    };

    public static JobStatus Build(JournaledJob job) => job.End is { } end ? Build(job.Entry, end) : Build(job.Entry);

    /// <summary>The tasks of the current step.</summary>
    public static Dictionary<TaskKind, TaskCounts> Stages(JobView view, RunningView running)
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

    // Of a task that runs twice, the attempt that is ahead counts.
    private static double Fractions(RunningView running, TaskKind kind)
    {
        var runs = running.Runs.Where(run => run.Task.Kind == kind).ToList();
        runs.Sort((left, right) => left.Task.Index != right.Task.Index
            ? left.Task.Index.CompareTo(right.Task.Index)
            : right.Progress.Fraction.CompareTo(left.Progress.Fraction));
        var sum = 0.0;
        for (var i = 0; i < runs.Count; i++)
        {
            if (i == 0 || runs[i].Task.Index != runs[i - 1].Task.Index) sum += runs[i].Progress.Fraction;
        }
        return sum;
    }
}
