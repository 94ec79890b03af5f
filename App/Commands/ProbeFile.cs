namespace MapReduce.App.Commands;

/// <summary>A file that is made to see whether it can be, and deleted again.</summary>
internal sealed class ProbeFile : IDisposable
{
    /// <summary>Names a probe in a directory, and makes it unless told not to.</summary>
    public ProbeFile(string directory, bool exists = true)
    {
        Path = System.IO.Path.Combine(directory, $".mapreduce-probe-{Guid.NewGuid():N}");
        if (exists) File.WriteAllText(Path, "");
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
