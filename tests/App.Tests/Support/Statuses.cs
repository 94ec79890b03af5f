using MapReduce.Counters;
using MapReduce.Protocol;

namespace App.Tests.Support;

/// <summary>Statuses as a cluster reports them.</summary>
internal static class Statuses
{
    public static JobStatus Succeeded { get; } = Of(JobState.Succeeded, mapProgress: 1, reduceProgress: 1) with
    {
        Counters = new Dictionary<string, long>
        {
            [CounterNames.BytesRead] = 3 << 20,
            [CounterNames.MapInputRecords] = 1_000,
            [CounterNames.BytesWritten] = 512,
            [CounterNames.ReduceOutputRecords] = 1,
        },
    };

    public static JobStatus Of(JobState state, double mapProgress = 0, double reduceProgress = 0) => new()
    {
        JobId = "j1",
        Name = "wordcount",
        Output = "/out",
        State = state,
        InputBytes = 1 << 30,
        Attempts = new AttemptCounts(12, 1, 2, 3, 4),
        Counters = new Dictionary<string, long>(),
        Tasks = new Dictionary<TaskKind, TaskCounts>
        {
            [TaskKind.Map] = new(8, 2, (int)(mapProgress * 8), mapProgress),
            [TaskKind.Reduce] = new(2, 0, (int)(reduceProgress * 2), reduceProgress),
        },
    };
}
