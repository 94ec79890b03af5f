namespace MapReduce.Input;

/// <summary>A path with wildcards: the directory before the first of them, and the names from there on.</summary>
internal sealed record Glob(string Root, IReadOnlyList<GlobSegment> Segments)
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>The glob that an absolute path is, or null when it holds no wildcard.</summary>
    public static Glob? Parse(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var names = path[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var segments = names.Select(name => new GlobSegment(name)).ToList();
        var first = segments.FindIndex(segment => segment.IsWild);
        if (first < 0) return null;
        // A directory that matches is read with all that is below it, so that "**" at the end adds nothing.
        while (segments.Count > first && segments[^1].IsRecursive) segments.RemoveAt(segments.Count - 1);
        return new Glob(Path.Combine([root, .. names[..first]]), segments[first..]);
    }

    /// <summary>True when the path, or a directory above it, matches: then the path's files would be input.</summary>
    public bool Covers(string path)
    {
        var relative = Path.GetRelativePath(Root, path);
        if (relative == ".") return Segments.Count == 0;
        if (relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)) return false;
        return Covers(relative.Split(Separators), 0, 0);
    }

    private bool Covers(string[] names, int name, int segment)
    {
        if (segment == Segments.Count) return true;
        if (name == names.Length) return false;
        if (!Segments[segment].IsRecursive) return Segments[segment].Matches(names[name]) && Covers(names, name + 1, segment + 1);
        return Covers(names, name, segment + 1) || Covers(names, name + 1, segment);
    }
}
