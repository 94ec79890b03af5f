namespace Simulation.Mutants;

/// <summary>What masters remember, and what they tell.</summary>
internal static class MasterMutants
{
    private const string Worker = "MapReduce/Scheduling/JobCoordinator.Worker.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("map locations kept", "a reduce that runs again is sent to the map outputs that the first one did not find", 1000,
            new Change("MapReduce/Scheduling/Coordination/JobFile.cs", "known.IsComplete && known.Version == version)", "known.IsComplete)")),
        new("stale although in the outcome", "a worker drops the files of a win that a store without memory knows nothing of, while the commit counts on them", 1000,
            new Change(Worker, "completions[i].Answer == CompleteAnswer.Stale && IsInOutcome(completed[i].Lease) ? CompleteAnswer.Ok : ", "")),
        // Two layers: a worker announces what it holds, by which the job is known again, before it asks what it may delete.
        new("outputs dropped on unknown job", "a store that lost its memory makes every worker delete its map outputs", 1000,
            new Change(Worker,
                "AnswerAsync<IReadOnlyList<string>>(() => ValueTask.FromResult<IReadOnlyList<string>>([.. jobIds.Where(id => _journal.FindEnd(id) is not null)]));",
                """
                AnswerAsync<IReadOnlyList<string>>(async () =>
                {
                    var ended = new List<string>();
                    foreach (var id in jobIds)
                        if (await _store.JobAsync(id, cancellationToken) is not { EndedAt: null }) ended.Add(id);
                    return ended;
                });
                """),
            new Change("MapReduce/Worker/WorkerHousekeeping.cs",
                "await RegisterAsync(cancellationToken);\n                _registered.TrySetResult();\n                await SweepAsync(cancellationToken);",
                "if (_registered.Task.IsCompleted) await SweepAsync(cancellationToken);\n                await RegisterAsync(cancellationToken);\n                _registered.TrySetResult();")),
        new("cancel obeyed after commit", "a job that succeeds was called cancelled", 1000,
            new Change("MapReduce/Scheduling/JobCoordinator.Jobs.cs", "return outcome.Kind == OutcomeKind.Cancelled ? CancelAnswer.Cancelled : CancelAnswer.TooLate;", "return CancelAnswer.Cancelled;")),
    ];
}
