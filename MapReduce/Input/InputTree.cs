using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>Directories as trees of nodes that know where links lead. Not safe for concurrent use.</summary>
internal sealed class InputTree(IFileSystem files, InputFindings findings)
{
    private readonly Dictionary<string, string> _realPaths = new(StringComparer.Ordinal);

    /// <summary>What stands at a path, or null.</summary>
    public InputNode? Find(string path) =>
        files.Find(path) is { } entry ? new InputNode(path, RealPath(path), entry, null) : null;

    /// <summary>What stands in a directory under a name, or null.</summary>
    public InputNode? Child(InputNode directory, string name) =>
        files.Find(Path.Combine(directory.RealPath, name)) is { } entry ? Below(directory, entry) : null;

    /// <summary>All that stands in a directory, by name. One that cannot be listed is a problem and gives nothing.</summary>
    public IEnumerable<InputNode> Children(InputNode directory)
    {
        try
        {
            return files.List(directory.RealPath).Select(entry => Below(directory, entry));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Problem($"Input directory '{directory.Path}' cannot be listed: {error.Message} Make it readable for this user, or name what can be read.");
            return [];
        }
    }

    /// <summary>The path without links; the part of it that does not exist is kept as it is.</summary>
    public string RealPath(string path)
    {
        if (_realPaths.TryGetValue(path, out var known)) return known;
        var real = path;
        if (Path.GetDirectoryName(path) is { } parent)
        {
            // The links above come first: a relative link counts from where its directory really is.
            real = Path.Combine(RealPath(parent), Path.GetFileName(path));
            if (files.Find(real) is { LinkTarget: { } target } && target != real) real = RealPath(target);
        }

        return _realPaths[path] = real;
    }

    private InputNode Below(InputNode directory, FileEntry entry)
    {
        var path = directory.Path == directory.RealPath ? entry.Path : Path.Combine(directory.Path, Path.GetFileName(entry.Path));
        var real = entry.LinkTarget is { } target ? RealPath(target) : entry.Path;
        return new InputNode(path, real, entry, directory);
    }
}
