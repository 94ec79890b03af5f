namespace MapReduce.Streaming;

/// <summary>Files that a job's programs find in their working directory, by name. Immutable.</summary>
internal sealed class StreamFiles
{
    // What is packed travels with each grant of the job's tasks, within the options of the job.
    private const long MostPacked = 160 << 10;

    private readonly Dictionary<string, StreamFile> _byName = new(StringComparer.Ordinal);

    /// <summary>Reads files as <see cref="StreamOptions.Files"/> has them: one a line, an absolute path or what <see cref="Pack"/> made of one.</summary>
    /// <exception cref="ArgumentException">A path is not absolute, or two files have one name.</exception>
    public static StreamFiles Parse(string lines)
    {
        var files = new StreamFiles();
        foreach (var file in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read))
        {
            if (!files._byName.TryAdd(file.Name, file)) throw new ArgumentException($"two files are named '{file.Name}': they would be one in the working directory; rename one.");
        }

        return files;
    }

    /// <summary>Packs files with their content, so that they travel with the job.</summary>
    /// <exception cref="ArgumentException">A path is a directory, or the files are too large together.</exception>
    public static string Pack(IEnumerable<string> paths)
    {
        var left = MostPacked;
        return string.Join('\n', paths.Select(path =>
        {
            if (Directory.Exists(path)) throw new ArgumentException($"'{path}' is a directory: only files travel with a job; name each, or put them where all workers see them and name them by full path.");
            left -= new FileInfo(path).Length;
            if (left < 0) throw new ArgumentException($"with '{path}' the files have more than {MostPacked >> 10} KiB, which is what may travel with a job: put large ones where all workers see them and name them by full path.");
            var isExecutable = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;
            return $"{(isExecutable ? 'x' : '-')} {Convert.ToBase64String(File.ReadAllBytes(path))} {Path.GetFileName(path)}";
        }));
    }

    /// <summary>The working directory of an attempt's programs, with the files in it; made at the first call, and gone when the attempt ends.</summary>
    /// <exception cref="ProcessFailedException">A file is not there.</exception>
    public string WorkingDirectory(TaskContext task)
    {
        var directory = Path.Combine(task.Workspace.Directory, "programs");
        if (Directory.Exists(directory)) return directory;
        Directory.CreateDirectory(directory);
        task.Workspace.Own(new Removal(directory));
        foreach (var file in _byName.Values) file.Place(directory);
        return directory;
    }

    private static StreamFile Read(string line)
    {
        if (Path.IsPathFullyQualified(line)) return new LinkedFile(Path.TrimEndingDirectorySeparator(line));
        var bytes = new byte[line.Length];
        if (line.Split(' ', 3) is not [var mode and ("x" or "-"), var content, var name] || Path.GetFileName(name) != name || name is "" or "." or ".."
            || !Convert.TryFromBase64String(content, bytes, out var length))
            throw new ArgumentException($"the file '{line}' must be an absolute path.");
        return new PackedFile(name, bytes[..length], mode == "x");
    }

    private abstract record StreamFile(string Name)
    {
        public abstract void Place(string directory);
    }

    private sealed record LinkedFile(string FullPath) : StreamFile(Path.GetFileName(FullPath))
    {
        public override void Place(string directory)
        {
            if (!Path.Exists(FullPath)) throw new ProcessFailedException($"The file '{FullPath}' is not there: put it back, or leave it out of --file.");
            File.CreateSymbolicLink(Path.Combine(directory, Name), FullPath);
        }
    }

    private sealed record PackedFile(string Name, byte[] Content, bool IsExecutable) : StreamFile(Name)
    {
        public override void Place(string directory)
        {
            var path = Path.Combine(directory, Name);
            File.WriteAllBytes(path, Content);
            if (IsExecutable && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }
    }

    private sealed class Removal(string directory) : IDisposable
    {
        public void Dispose()
        {
            // A task that wrote output has removed all its scratch by now.
            if (!Directory.Exists(directory)) return;
            try
            {
                Directory.Delete(directory, recursive: true);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // It goes with the job's folder; how the program ended is what must be told.
            }
        }
    }
}
