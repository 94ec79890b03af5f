namespace Simulation.Mutants;

/// <summary>The commit: the order in which the outcome is carried out.</summary>
internal static class CommitMutants
{
    private const string Commit = "MapReduce/Output/OutputCommit.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("success before the parts", "a reader sees _SUCCESS and takes what is there for all of it", 300,
            new Change(Commit, "foreach (var rename in open) Rename(rename, old);", "PublishSuccess(jobId, outcome); foreach (var rename in open) Rename(rename, old);")),
    ];
}
