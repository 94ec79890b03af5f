using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>What stands in an output directory before a job: nothing, an earlier job's output, or something that no job wrote.</summary>
internal static class OldOutput
{
    /// <summary>The files of an earlier job, <c>_SUCCESS</c> first; none when the directory is free.</summary>
    /// <exception cref="OutputExistsException">It is not free, and replacing was not asked for or would destroy what no job wrote.</exception>
    public static IReadOnlyList<FileEntry> Find(IFileSystem files, string output, bool overwrite)
    {
        var written = Written(files, output);
        // Readers skip names that begin with '.' or '_', so that among those only what a job wrote matters.
        var seen = files.List(output).Where(entry => NameOf(entry)[0] is not ('.' or '_') || IsOutput(entry, written)).ToList();
        if (seen.Count == 0) return [];
        if (!overwrite)
            throw new OutputExistsException($"Output directory '{output}' exists and is not empty (it holds '{NameOf(seen[0])}'). Give --overwrite to replace it, or choose another --output.");
        if (seen.Find(entry => !IsOutput(entry, written)) is { Path: { } foreign })
            throw new OutputExistsException($"Output directory '{output}' holds '{Path.GetFileName(foreign)}', which no job wrote; --overwrite replaces only part files, _SUCCESS and what it lists. Move it away, or choose another --output.");
        return [.. seen.OrderBy(entry => NameOf(entry) != OutputPaths.SuccessName)];
    }

    // Parts are known by their names; what stands beside them only by the manifest.
    private static IReadOnlySet<string> Written(IFileSystem files, string output) =>
        files.TryReadAll(OutputPaths.Success(output)) is { } manifest ? SuccessManifest.Names(manifest) : new HashSet<string>();

    private static bool IsOutput(FileEntry entry, IReadOnlySet<string> written) =>
        !entry.IsDirectory && NameOf(entry) is var name && (name == OutputPaths.SuccessName || OutputNames.IsPart(name) || written.Contains(name));

    private static string NameOf(FileEntry entry) => Path.GetFileName(entry.Path);
}
