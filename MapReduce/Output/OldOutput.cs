using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>What stands in an output directory before a job: nothing, an earlier job's output, or something that no job wrote.</summary>
internal static class OldOutput
{
    /// <summary>The files of an earlier job, <c>_SUCCESS</c> first; none when the directory is free.</summary>
    /// <exception cref="OutputExistsException">It is not free, and replacing was not asked for or would destroy what no job wrote.</exception>
    public static IReadOnlyList<FileEntry> Find(IFileSystem files, string output, bool overwrite)
    {
        // Readers skip names that begin with '.' or '_', so only _SUCCESS among those matters.
        var seen = files.List(output).Where(entry => NameOf(entry) == OutputPaths.SuccessName || NameOf(entry)[0] is not ('.' or '_')).ToList();
        if (seen.Count == 0) return [];
        if (!overwrite)
            throw new OutputExistsException($"Output directory '{output}' exists and is not empty (it holds '{NameOf(seen[0])}'). Give --overwrite to replace it, or choose another --output.");
        if (seen.Find(entry => !IsOutput(entry)) is { Path: { } foreign })
            throw new OutputExistsException($"Output directory '{output}' holds '{Path.GetFileName(foreign)}', which no job wrote; --overwrite replaces only part files and _SUCCESS. Move it away, or choose another --output.");
        return [.. seen.OrderBy(entry => NameOf(entry) != OutputPaths.SuccessName)];
    }

    private static bool IsOutput(FileEntry entry) =>
        !entry.IsDirectory && (NameOf(entry) == OutputPaths.SuccessName || NameOf(entry).StartsWith("part-", StringComparison.Ordinal));

    private static string NameOf(FileEntry entry) => Path.GetFileName(entry.Path);
}
