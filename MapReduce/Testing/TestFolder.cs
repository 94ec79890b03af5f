namespace MapReduce.Testing;

/// <summary>A temporary folder with the input of a test, a fresh output for each run, and nothing left when it is disposed.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("mapreduce-test-").FullName;
    private int _runs;

    public TestFolder(IEnumerable<TestFile> files)
    {
        Directory.CreateDirectory(Input);
        foreach (var file in files)
        {
            var path = Path.Combine(Input, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content.Span);
            Bytes += file.Content.Length;
        }
    }

    public string Input => Path.Combine(_path, "in");

    /// <summary>All files together.</summary>
    public long Bytes { get; }

    /// <summary>A folder for another run, not yet made.</summary>
    public string NextRun() => Path.Combine(_path, $"run-{++_runs}");

    /// <summary>The content of all files below an output, but for the manifest, which tells of the run itself.</summary>
    public static SortedDictionary<string, byte[]> Read(string output)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(output, path).Replace('\\', '/');
            if (name != "_SUCCESS") files.Add(name, File.ReadAllBytes(path));
        }
        return files;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
