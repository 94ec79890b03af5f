namespace Simulation.Mutants;

/// <summary>Twins: a task has one attempt, or one and its backup, never more.</summary>
internal static class TwinMutants
{
    private const string Claim = "MapReduce/Scheduling/Memory/JobRecord.Claim.cs";
    private const string Complete = "MapReduce/Scheduling/Memory/JobRecord.Complete.cs";
    private const string Fail = "MapReduce/Scheduling/Memory/JobRecord.Fail.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("requeue beside a live twin", "a task whose backup fails is queued although its first attempt goes on", 3000,
            new Change(Fail, "if (task.Runs.Count == 0) stage.Enqueue(id.Index, task, retryAt);", "stage.Enqueue(id.Index, task, retryAt);")),
        // Two layers: the policy offers only tasks that ran once when it looked, the store looks again.
        new("speculate twice", "a straggler gets a third attempt and a fourth", 3000,
            new Change(Claim, "QueuedAt: null, Runs.Count: 1 }", "QueuedAt: null, Runs.Count: >= 1 }"),
            new Change("MapReduce/Scheduling/Policy/BackupPolicy.cs", ".Where(task => task.Count() == 1)", "")),
        new("twin's counters added", "the slower of two attempts still counts when it completes", 3000,
            new Change(Complete, "foreach (var run in task.Runs.ToArray())", "foreach (var run in task.Runs.Where(run => run.Key == key).ToArray())")),
    ];
}
