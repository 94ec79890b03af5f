using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Streaming;

/// <summary>Files that a job's programs find in their working directory, by name. Immutable.</summary>
internal sealed class StreamFiles
{
    private readonly Dictionary<string, StreamFile> _byName = new(StringComparer.Ordinal);

    /// <summary>The lines of <see cref="StreamOptions.Files"/>.</summary>
    public static string[] Lines(string files) => files.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads files as <see cref="StreamOptions.Files"/> has them: one a line, an absolute path or a shipped file.</summary>
    /// <param name="files">The lines.</param>
    /// <param name="locate">The full path of a shipped file; null where there are none.</param>
    /// <exception cref="ArgumentException">A path is not absolute, or two files have one name.</exception>
    public static StreamFiles Parse(string files, Func<ShippedFile, string>? locate)
    {
        var parsed = new StreamFiles();
        foreach (var file in Lines(files).Select(line => Read(line, locate)))
        {
            if (!parsed._byName.TryAdd(file.Name, file)) throw new ArgumentException($"two files are named '{file.Name}': they would be one in the working directory; rename one.");
        }

        return parsed;
    }

    /// <summary>The working directory of an attempt's programs, with the files in it; made at the first call, and gone when the attempt ends.</summary>
    /// <exception cref="ProcessFailedException">A file is not there.</exception>
    public string WorkingDirectory(TaskContext task)
    {
        var directory = Path.Combine(task.Workspace.Directory, "programs");
        if (Directory.Exists(directory)) return directory;
        Directory.CreateDirectory(directory);
        task.Workspace.Own(new Removal(directory));
        foreach (var file in _byName.Values) file.Place(directory, task.Workspace.Files);
        return directory;
    }

    private static StreamFile Read(string line, Func<ShippedFile, string>? locate)
    {
        if (Path.IsPathFullyQualified(line)) return new StreamFile(Path.GetFileName(Path.TrimEndingDirectorySeparator(line)), Path.TrimEndingDirectorySeparator(line), IsShipped: false);
        if (ShippedFile.TryParse(line) is { } shipped) return new StreamFile(shipped.Name, locate?.Invoke(shipped), IsShipped: true);
        throw new ArgumentException($"the file '{line}' must be an absolute path.");
    }

    /// <summary>A file under the name that programs know; without a path it is on a cluster, and not here.</summary>
    private sealed record StreamFile(string Name, string? FullPath, bool IsShipped)
    {
        public void Place(string directory, IFileSystem files)
        {
            if (!Path.Exists(FullPath)) throw new ProcessFailedException($"The file '{FullPath ?? Name}' is not there: put it back, or leave it out of --file.");
            var path = Path.Combine(directory, Name);
            // An interpreter looks for modules beside the file that a symbolic link leads to, and tells what it is by its name there.
            if (IsShipped) files.TryLink(FullPath, path);
            else File.CreateSymbolicLink(path, FullPath);
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
