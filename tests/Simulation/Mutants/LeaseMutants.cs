namespace Simulation.Mutants;

/// <summary>Leases: who may hold one, for how long, and what it means to lose one.</summary>
internal static class LeaseMutants
{
    private const string Claim = "MapReduce/Scheduling/Memory/JobRecord.Claim.cs";
    private const string Fail = "MapReduce/Scheduling/Memory/JobRecord.Fail.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("tokens without a nonce", "a store that lost its memory gives out the tokens of living attempts once more", 300,
            new Change(Claim, "$\"{++task.Attempts}.{request.Nonce:x16}\"", "$\"{++task.Attempts}\"")),
        new("lost task is not queued", "an attempt that is given back takes its task with it", 300,
            new Change(Fail, "if (task.Runs.Count == 0) StageOf(key.Task)!.Enqueue(key.Task.Index, task, now);", "")),
        new("reduce before the last map", "a reduce that starts when all maps are claimed reads what is not there yet", 300,
            new Change("MapReduce/Scheduling/Memory/StepRecord.cs", "!map.IsDone ? map :", "map.Cursor < map.Total ? map :")),
    ];
}
