namespace MapReduce.Tests.Input.Planner;

/// <summary>A real folder that is deleted with all that is in it.</summary>
internal sealed class TempFolder : IDisposable
{
    // Links in the path of the temp folder itself must not be counted as links of the test.
    public string Path { get; } = Directory.CreateTempSubdirectory("mapreduce-folder-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public string File(string relative, string content = "x\n")
    {
        Folder(System.IO.Path.GetDirectoryName(relative)!);
        System.IO.File.WriteAllText(this[relative], content);
        return this[relative];
    }

    public string Folder(string relative) => Directory.CreateDirectory(this[relative]).FullName;

    public string Link(string relative, string target)
    {
        if (Directory.Exists(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(this[relative])!, target))) Directory.CreateSymbolicLink(this[relative], target);
        else System.IO.File.CreateSymbolicLink(this[relative], target);
        return this[relative];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
