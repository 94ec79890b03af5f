namespace Simulation.Mutants;

/// <summary>What a machine that loses power must still have on its disk.</summary>
internal static class DiskMutants
{
    private const string Commit = "MapReduce/Output/OutputCommit.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("part not synced", "a part that won is empty after the power fails", 3000,
            new Change("MapReduce/Output/SyncOnCloseWriter.cs", "using (inner) inner.Sync();", "inner.Dispose();")),
        new("attempt's folder not synced", "a part that won has no name after the power fails", 3000,
            new Change("MapReduce/Output/FileOutputStore.cs", "if (!Syncs || _files.Find(folder) is null) return;", "if (Syncs) return;")),
        new("renames not synced", "_SUCCESS outlives a loss of power that takes the names of the parts", 3000,
            new Change(Commit, "Rename(rename, old);\n            Sync(outcome.Output);", "Rename(rename, old);")),
        new("draft not synced", "an outcome that others obeyed is empty after the power fails", 3000,
            new Change("MapReduce/Storage/FileSystemExtensions.cs", "writer.Write(bytes);\n                if (sync) writer.Sync();", "writer.Write(bytes);")),
        new("published name not synced", "an outcome that others obeyed is gone after the power fails", 3000,
            new Change("MapReduce/Storage/FileSystemExtensions.cs", "if (sync) files.SyncDirectory(Path.GetDirectoryName(path)!);", "")),
    ];
}
