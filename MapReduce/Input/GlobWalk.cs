namespace MapReduce.Input;

/// <summary>Finds what matches a glob. A link to a directory above it ends a <c>**</c>: what lies behind was visited before.</summary>
internal sealed class GlobWalk(InputTree tree, Glob glob)
{
    private readonly HashSet<(string Path, int Segment)> _visited = [];
    private readonly List<InputNode> _matches = [];

    /// <summary>The files and directories that match, each once.</summary>
    public IReadOnlyList<InputNode> Run()
    {
        if (tree.Find(glob.Root) is { } root) Visit(root, 0);
        return _matches;
    }

    private void Visit(InputNode node, int segment)
    {
        // Several "**" reach the same place in many ways.
        if (!_visited.Add((node.Path, segment))) return;
        if (segment == glob.Segments.Count) _matches.Add(node);
        else if (!node.Entry.IsDirectory) return;
        else if (glob.Segments[segment].IsRecursive) VisitAllBelow(node with { Parent = null }, segment);
        else if (glob.Segments[segment].IsWild) VisitMatching(node, segment);
        else if (tree.Child(node, glob.Segments[segment].Text) is { } child) Visit(child, segment + 1);
    }

    private void VisitMatching(InputNode directory, int segment)
    {
        foreach (var child in tree.Children(directory))
        {
            if (glob.Segments[segment].Matches(child.Name)) Visit(child, segment + 1);
        }
    }

    private void VisitAllBelow(InputNode directory, int segment)
    {
        Visit(directory, segment + 1);
        foreach (var child in tree.Children(directory))
        {
            if (child.Entry.IsDirectory && !child.IsHidden && !child.LeadsBack()) VisitAllBelow(child, segment);
        }
    }
}
