namespace Simulation.Mutants;

/// <summary>What masters remember, and what they tell.</summary>
internal static class MasterMutants
{
    private const string Worker = "MapReduce/Scheduling/JobCoordinator.Worker.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("map locations kept", "a reduce that runs again is sent to the map outputs that the first one did not find", 300,
            new Change("MapReduce/Scheduling/Coordination/JobFile.cs", "known.IsComplete && known.Version == version)", "known.IsComplete)")),
        new("stale although in the outcome", "a worker drops the files of a win that a store without memory knows nothing of, while the commit counts on them", 300,
            new Change(Worker, "completions[i].Answer == CompleteAnswer.Stale && IsInOutcome(completed[i].Lease) ? CompleteAnswer.Ok : ", "")),
        new("cancel obeyed after commit", "a job that succeeds was called cancelled", 300,
            new Change("MapReduce/Scheduling/JobCoordinator.Jobs.cs", "return outcome.Kind == OutcomeKind.Cancelled ? CancelAnswer.Cancelled : CancelAnswer.TooLate;", "return CancelAnswer.Cancelled;")),
    ];
}
