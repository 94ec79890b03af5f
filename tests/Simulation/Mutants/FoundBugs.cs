namespace Simulation.Mutants;

/// <summary>Bugs that the simulation found in this library, planted again: each must be found again, and the seed that finds it is its test.</summary>
internal static class FoundBugs
{
    private const string Commit = "MapReduce/Output/OutputCommit.cs";
    private const string Claim = "MapReduce/Output/OutputClaim.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("success claimed late", "a master that was held up writes _SUCCESS once more, perhaps over that of a newer job", 1000,
            new Change(Commit, "if (files.TryPublishFrom(folder, path, manifest, jobs.Syncs) || files.TryReadAll(path).AsSpan().SequenceEqual(manifest)) return;", "files.CreateDirectory(folder);")),
        new("claim not durable", "a loss of power takes the folders without which the commit cannot go on", 3000,
            new Change(Claim, "files.CreateDirectory(OutputPaths.Old(output, jobId), jobs.Syncs);", "files.CreateDirectory(OutputPaths.Old(output, jobId));")),
        new("acted on before it was durable", "a loss of power takes an outcome, or a job, that another master had linked and this one acted on", 3000,
            new Change("MapReduce/Output/JobFolder.cs", "if (!syncs) return;\n        files.SyncDirectory(Folder(jobId));", "if (syncs) return;")),
        new("two ends", "a job's end was told with the store's time and then with the journal's", 3000,
            new Change("MapReduce/Scheduling/JobCoordinator.Jobs.cs", "if (view.EndedAt is not null && _journal.FindEnd(entry.JobId) is { } end) return StatusBuilder.Build(entry, end);", "")),
        new("part that the next step reads dropped", "one half of a split store refuses a report, and the other takes a late copy of it", 6000,
            new Change("MapReduce/Worker/RunningAttempt.cs", "isFirst && !FeedsNextStep", "isFirst")),
    ];
}
