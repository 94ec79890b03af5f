namespace Simulation.Mutants;

/// <summary>The commit: the order in which the outcome is carried out.</summary>
internal static class CommitMutants
{
    private const string Commit = "MapReduce/Output/OutputCommit.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("success before the parts", "a reader sees _SUCCESS and takes what is there for all of it", 1000,
            new Change(Commit, "foreach (var rename in open) Rename(rename, old);", "PublishSuccess(jobId, outcome); foreach (var rename in open) Rename(rename, old);")),
        // Four layers: the mark; a part that is gone is not taken for one that is in place; what fails beside the mark is let go;
        // and the folder in which _SUCCESS is drafted goes with the claim.
        new("late rename by a cut-off master", "a master that comes back after a later job took the directory claims success for the earlier one", 3000,
            new Change(Commit, "if (jobs.Has(jobId, CommittedName)) return;", ""),
            new Change(Commit, "else if (!IsDone(rename, old)) throw Damaged(jobId, rename);", ""),
            new Change(Commit, "var manifest = SuccessManifest.Of(jobId, outcome);", "var manifest = SuccessManifest.Of(jobId, outcome); files.CreateDirectory(folder);")),
    ];
}
