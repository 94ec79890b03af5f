namespace MapReduce.Streaming;

/// <summary>Files that a job's programs find in their working directory, by name. Immutable.</summary>
internal sealed class StreamFiles
{
    private readonly Dictionary<string, string> _pathByName = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A path is not absolute, or two files have one name.</exception>
    public static StreamFiles Parse(string paths)
    {
        var files = new StreamFiles();
        foreach (var path in paths.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Path.TrimEndingDirectorySeparator))
        {
            if (!Path.IsPathFullyQualified(path)) throw new ArgumentException($"the file '{path}' must be an absolute path.");
            if (!files._pathByName.TryAdd(Path.GetFileName(path), path))
                throw new ArgumentException($"two files are named '{Path.GetFileName(path)}' ('{files._pathByName[Path.GetFileName(path)]}' and '{path}'): they would be one in the working directory; rename one.");
        }

        return files;
    }

    /// <summary>The working directory of an attempt's programs, with a link to each file; made at the first call, and gone when the attempt ends.</summary>
    /// <exception cref="ProcessFailedException">A file is not there.</exception>
    public string WorkingDirectory(TaskContext task)
    {
        var directory = Path.Combine(task.Workspace.Directory, "programs");
        if (Directory.Exists(directory)) return directory;
        Directory.CreateDirectory(directory);
        task.Workspace.Own(new Removal(directory));
        foreach (var (name, path) in _pathByName)
        {
            if (!Path.Exists(path)) throw new ProcessFailedException($"The file '{path}' is not there: put it back, or leave it out of --file.");
            File.CreateSymbolicLink(Path.Combine(directory, name), path);
        }

        return directory;
    }

    private sealed class Removal(string directory) : IDisposable
    {
        public void Dispose()
        {
            // A task that wrote output has removed all its scratch by now.
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
    }
}
