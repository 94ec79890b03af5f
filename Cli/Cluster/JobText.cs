using MapReduce.App.Progress;
using MapReduce.Protocol;

namespace MapReduce.Cli.Cluster;

/// <summary>A job in words.</summary>
internal static class JobText
{
    /// <summary><c>mapping 45 %</c>, <c>mapping 45 %, step 2/3</c>, <c>succeeded</c>.</summary>
    public static string State(JobStatus job)
    {
        TaskKind? kind = job.State switch { JobState.Mapping => TaskKind.Map, JobState.Reducing => TaskKind.Reduce, _ => null };
        var share = kind is { } running && job.Tasks.TryGetValue(running, out var tasks) ? $" {Math.Floor(tasks.Progress * 100):0} %" : "";
        var step = job is { State: < JobState.Succeeded, Steps: > 1 } ? $", {PhaseText.Step(job)}" : "";
        return $"{job.State.ToString().ToLowerInvariant()}{share}{step}";
    }

    /// <summary><c>3 of 8 done, 2 running</c>.</summary>
    public static string Tasks(TaskCounts tasks) => $"{tasks.Done:N0} of {PhaseText.Count(tasks.Total, "task")} done, {tasks.Running:N0} running";
}
