using System.Text.Json;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Stores.Differential;

/// <summary>An answer of a store as text, without what no store promises: the order of workers and of counters.</summary>
internal static class StoreText
{
    private static readonly JsonSerializerOptions Lines = new() { WriteIndented = true };

    /// <param name="answer">The answer.</param>
    /// <param name="inLines">True for people: a value a line.</param>
    public static string Of<T>(T answer, bool inLines = false) => JsonSerializer.Serialize<object?>(
        answer switch
        {
            JobView view => Sorted(view),
            ClusterView cluster => (object)(cluster.LiveWorkers + "\n" + string.Join('\n', cluster.Jobs.Select(job => Of(job, inLines)))),
            IReadOnlyList<WorkerView> workers => workers.OrderBy(worker => worker.Registration.Id, StringComparer.Ordinal).ToArray(),
            ReapAnswer reap => reap with { LostWorkers = [.. reap.LostWorkers.Order(StringComparer.Ordinal)] },
            IReadOnlyDictionary<string, long> counters => Sorted(counters),
            JobResult result => result with { Counters = Sorted(result.Counters) },
            _ => answer,
        },
        inLines ? Lines : JsonSerializerOptions.Default);

    /// <summary>The first line in which two answers differ, with those around it.</summary>
    public static string Difference<T>(T wanted, T found)
    {
        var (memory, redis) = (Of(wanted, inLines: true).Split('\n'), Of(found, inLines: true).Split('\n'));
        var at = memory.Zip(redis).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"in memory:\n{Around(memory, at)}\nin Redis:\n{Around(redis, at)}";
    }

    private static string Around(string[] lines, int at) => string.Join('\n', lines.Skip(at - 8).Take(14));

    private static JobView Sorted(JobView view) =>
        view with { FailingWorkers = [.. view.FailingWorkers.OrderBy(worker => worker.WorkerId, StringComparer.Ordinal)] };

    private static SortedDictionary<string, long> Sorted(IReadOnlyDictionary<string, long> counters) => new(counters.ToDictionary(), StringComparer.Ordinal);
}
