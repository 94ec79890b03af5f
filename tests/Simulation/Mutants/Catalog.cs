namespace Simulation.Mutants;

/// <summary>All mutants, in the order in which a job meets what they break.</summary>
internal static class Catalog
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        .. LeaseMutants.All, .. WinMutants.All, .. TwinMutants.All, .. MasterMutants.All, .. OutcomeMutants.All, .. CommitMutants.All, .. DiskMutants.All, .. WorkerMutants.All,
        .. FoundBugs.All,
    ];
}
