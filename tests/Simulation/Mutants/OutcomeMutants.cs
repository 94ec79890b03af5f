namespace Simulation.Mutants;

/// <summary>The outcome: one for each job, before anything of it can be seen, for ever.</summary>
internal static class OutcomeMutants
{
    private const string Driver = "MapReduce/Scheduling/Coordination/JobDriver.cs";
    private const string Store = "MapReduce/Output/FileOutputStore.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("commit without outcome", "files are renamed before the outcome is published, which may then be another", 1000,
            new Change(Driver,
                "if (missing.Count == 0) return output.Publish(entry.JobId, TooManyBadRecords(entry, result) ?? commit);",
                """
                if (missing.Count == 0)
                {
                    output.CarryOut(entry.JobId, commit);
                    return output.Publish(entry.JobId, commit);
                }

                """)),
        new("outcome deleted", "a master that comes back finds no outcome, and decides again", 1000,
            new Change(Store, "private readonly IFileSystem _files;", "private readonly IFileSystem _files; private readonly string _jobs;"),
            new Change(Store, "_files = files;", "_files = files; _jobs = Path.Combine(dataFolder, \"jobs\");"),
            new Change(Store, "_claim.Release(jobId, outcome.Output);", "_claim.Release(jobId, outcome.Output); _files.Delete(Path.Combine(_jobs, jobId, \"outcome\"));")),
        // Two layers: whoever publishes looks first, and a link takes no name that is taken.
        new("outcome replaced", "of two decisions the later counts, while the earlier is being carried out", 300,
            new Change(Store, "_outcomes.Read(jobId)\n        ?? _outcomes.Publish(", "_outcomes.Publish("),
            new Change("MapReduce/Output/OutcomeFile.cs", "jobs.Publish(jobId, Name, OutcomeJson.Write(outcome));", "jobs.Replace(jobId, Name, OutcomeJson.Write(outcome));"),
            new Change("MapReduce/Output/JobFolder.cs", "    /// <summary>Writes a file unless",
                """
                    public void Replace(string jobId, string name, ReadOnlySpan<byte> bytes)
                    {
                        files.Delete(PathOf(jobId, name));
                        Publish(jobId, name, bytes);
                    }

                    /// <summary>Writes a file unless
                """)),
        new("winners not checked", "the outcome promises a file that is gone, and no attempt will ever make it again", 1000,
            new Change(Driver, "var missing = output.Missing(entry.Spec.Output, entry.JobId, commit.Winners);", "IReadOnlyList<Winner> missing = [];")),
    ];
}
