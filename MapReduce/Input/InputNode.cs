using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>A file or directory found while input is looked for.</summary>
/// <param name="Path">The path by which it was reached.</param>
/// <param name="RealPath">The path without links, the same however it was reached.</param>
/// <param name="Entry">As it was found; its own path may be either of the two.</param>
/// <param name="Parent">The directory that it was found in; null where the walk began.</param>
internal sealed record InputNode(string Path, string RealPath, FileEntry Entry, InputNode? Parent)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Names that Hadoop's readers pass over, because jobs and tools leave their own files under them.</summary>
    public bool IsHidden => Name.StartsWith('.') || Name.StartsWith('_');

    /// <summary>True for a link that leads to a directory above it, where the walk has been already.</summary>
    public bool LeadsBack()
    {
        for (var above = Parent; above is not null; above = above.Parent)
        {
            if (above.RealPath == RealPath) return true;
        }

        return false;
    }
}
