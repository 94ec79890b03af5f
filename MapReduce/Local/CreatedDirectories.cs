using MapReduce.Storage;

namespace MapReduce.Local;

/// <summary>Remembers which directories a run made, so that it can remove those that it leaves empty.</summary>
/// <param name="Paths">The deepest first.</param>
internal sealed record CreatedDirectories(IReadOnlyList<string> Paths)
{
    public static CreatedDirectories Make(IFileSystem files, string path)
    {
        var missing = new List<string>();
        for (string? each = path; each is not null && files.Find(each) is null; each = Path.GetDirectoryName(each)) missing.Add(each);
        files.CreateDirectory(path);
        return new CreatedDirectories(missing);
    }

    public void RemoveEmpty(IFileSystem files)
    {
        foreach (var path in Paths)
        {
            if (!files.TryDeleteEmpty(path)) return;
        }
    }
}
