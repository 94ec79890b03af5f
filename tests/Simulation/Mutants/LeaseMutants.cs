namespace Simulation.Mutants;

/// <summary>Leases: who may hold one, for how long, and what it means to lose one.</summary>
internal static class LeaseMutants
{
    private const string Claim = "MapReduce/Scheduling/Memory/JobRecord.Claim.cs";
    private const string Fail = "MapReduce/Scheduling/Memory/JobRecord.Fail.cs";
    private const string Guard = "MapReduce/Scheduling/Memory/StoreGuard.cs";
    private const string Calls = "MapReduce/Scheduling/InMemoryTaskLeaseStore.Calls.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("renew without token", "an attempt that was given up keeps the lease of its successor alive, and is told to go on", 1000,
            new Change(Claim,
                "if (HasEnded || !_runs.TryGetValue(key, out var run)) return RenewAnswer.Lost;",
                "if (HasEnded || _runs.Values.FirstOrDefault(other => other.Key.Task == key.Task) is not { } run) return RenewAnswer.Lost;")),
        new("claim without acknowledgement", "a grant that was lost on its way counts as a death of the task's worker", 1000,
            new Change(Fail, "if (run.IsAcknowledged)", "if (run.Attempt > 0)")),
        new("reap without grace", "workers that could not renew while the store was away lose their leases when it comes back", 1000,
            new Change(Calls, "if (!isGrace) foreach", "foreach")),
        new("grace per master only", "the master that notices the gap spares the leases, the next tick of any master takes them", 1000,
            new Change(Guard, "return (isChanged, now < _graceUntil, now < _workersUntil);", "return (isChanged, isChanged, isChanged);")),
        new("registrations without grace", "workers that could not register while the store was away lose their map outputs when it comes back", 1000,
            new Change(Calls, "state.LostWorkers(now, isWorkersGrace)", "state.LostWorkers(now, isGrace: false)")),
        new("tokens without a nonce", "a store that lost its memory gives out the tokens of living attempts once more", 1000,
            new Change(Claim, "$\"{++task.Attempts}.{request.Nonce:x16}\"", "$\"{++task.Attempts}\"")),
        new("lost task is not queued", "an attempt that is given back takes its task with it", 1000,
            new Change(Fail, "if (task.Runs.Count == 0) StageOf(key.Task)!.Enqueue(key.Task.Index, task, now);", "")),
        new("reduce before the last map", "a reduce that starts when all maps are claimed reads what is not there yet", 1000,
            new Change("MapReduce/Scheduling/Memory/StepRecord.cs", "!map.IsDone ? map :", "map.Cursor < map.Total ? map :")),
    ];
}
