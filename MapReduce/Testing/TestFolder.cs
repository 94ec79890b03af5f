namespace MapReduce.Testing;

/// <summary>
/// A temporary folder with the input of a test, and nothing left when it is disposed. What runs write is named below it, but is not on
/// the disk.
/// </summary>
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

    /// <summary>A folder for another run.</summary>
    public string NextRun() => Path.Combine(_path, $"run-{++_runs}");

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
