namespace MapReduce.Input;

/// <summary>Collects the files below what an input names. Hidden ones are passed over, named ones are not.</summary>
internal sealed class InputWalk(InputTree tree, InputFindings findings)
{
    private readonly List<InputNode> _files = [];

    /// <summary>The files of the roots, and all below those that are directories, by path; each path once.</summary>
    public IReadOnlyList<InputNode> Files(IEnumerable<InputNode> roots)
    {
        foreach (var root in roots)
        {
            if (root.Entry.IsDirectory) Walk(root with { Parent = null });
            else _files.Add(root);
        }

        _files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        // A glob may match a directory and also a file in it.
        return [.. _files.Where((file, index) => index == 0 || file.Path != _files[index - 1].Path)];
    }

    private void Walk(InputNode directory)
    {
        foreach (var child in tree.Children(directory))
        {
            if (child.IsHidden) findings.Hidden(child.Path);
            else if (!child.Entry.IsDirectory) _files.Add(child);
            else if (child.LeadsBack()) findings.Loop(child.Path, child.RealPath);
            else Walk(child);
        }
    }
}
