using MapReduce.Protocol;

namespace MapReduce.Scheduling.Journal;

/// <summary>How many tasks each step of a chain has: every output task of a step feeds one map task of the next, before those that read input.</summary>
internal static class StepSizes
{
    public static IReadOnlyList<StepSize> Of(JobSpec spec, IReadOnlyList<int> maps, int reducers)
    {
        // A map-only first step is planned without reducers; a later step needs some all the same.
        var later = spec.Reducers > 0 ? spec.Reducers : Math.Max(1, reducers > 0 ? reducers : spec.Slots);
        var sizes = new List<StepSize>();
        foreach (var step in spec.Steps)
        {
            var isFirst = sizes.Count == 0;
            var parts = isFirst ? 0 : OutputTasks(sizes[^1]);
            sizes.Add(new StepSize(step.IsSampled, parts + maps.ElementAtOrDefault(sizes.Count), !step.HasReduce ? 0 : isFirst ? Math.Max(1, reducers) : later));
        }
        return sizes;
    }

    /// <summary>How many tasks leave what the next step reads.</summary>
    public static int OutputTasks(StepSize size) => size.Reduces > 0 ? size.Reduces : size.Maps;

    /// <summary>The tasks of a step when nothing is known but whether all are done.</summary>
    public static Dictionary<TaskKind, TaskCounts> Counts(StepSize size, bool isDone)
    {
        var counts = new Dictionary<TaskKind, TaskCounts>();
        void Add(TaskKind kind, int total)
        {
            if (total > 0) counts[kind] = new TaskCounts(total, Running: 0, isDone ? total : 0, isDone ? 1 : 0);
        }

        Add(TaskKind.Sample, size.IsSampled ? 1 : 0);
        Add(TaskKind.Map, size.Maps);
        Add(TaskKind.Reduce, size.Reduces);
        return counts;
    }
}
