using MapReduce.Storage;

namespace MapReduce.Tests.Storage;

/// <summary>
/// A disk in memory, for tests. It keeps the promises of <see cref="IFileSystem"/> with one lock;
/// every file gets a modification time of its own, so that two files written at one instant still differ.
/// </summary>
/// <param name="time">The clock that stamps files.</param>
internal sealed class InMemoryFileSystem(TimeProvider time) : IFileSystem
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, InMemoryFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal) { "/" };
    private long _lastTicks;

    public IFileReader OpenRead(string path)
    {
        lock (_lock)
        {
            return _files.TryGetValue(path, out var file)
                ? new InMemoryFileReader(file)
                : throw new FileNotFoundException($"'{path}' does not exist.", path);
        }
    }

    public IFileWriter Create(string path, bool exclusive = false)
    {
        lock (_lock)
        {
            RequireParent(path);
            if (_directories.Contains(path)) throw new UnauthorizedAccessException($"'{path}' is a directory.");
            if (exclusive && _files.ContainsKey(path)) throw new IOException($"'{path}' exists already.");
            var file = new InMemoryFile();
            Stamp(file);
            _files[path] = file;
            return new InMemoryFileWriter(this, file);
        }
    }

    public FileEntry? Find(string path)
    {
        lock (_lock)
        {
            if (_files.TryGetValue(path, out var file)) return new FileEntry(path, false, file.Length, file.ModifiedTicks);
            return _directories.Contains(path) ? new FileEntry(path, true, 0, 0) : null;
        }
    }

    public IReadOnlyList<FileEntry> List(string directory)
    {
        lock (_lock)
        {
            if (!_directories.Contains(directory)) throw new DirectoryNotFoundException($"'{directory}' does not exist.");
            var entries = _files.Where(pair => Parent(pair.Key) == directory)
                .Select(pair => new FileEntry(pair.Key, false, pair.Value.Length, pair.Value.ModifiedTicks))
                .Concat(_directories.Where(path => Parent(path) == directory).Select(path => new FileEntry(path, true, 0, 0)));
            return [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
        }
    }

    public void CreateDirectory(string path)
    {
        lock (_lock)
        {
            for (string? each = path; each is not null && _directories.Add(each); each = Parent(each))
            {
                if (!_files.ContainsKey(each)) continue;
                _directories.Remove(each);
                throw new IOException($"'{each}' is a file.");
            }
        }
    }

    public void Delete(string path)
    {
        lock (_lock) _files.Remove(path);
    }

    public void DeleteTree(string path)
    {
        lock (_lock)
        {
            var prefix = path + "/";
            foreach (var file in _files.Keys.Where(file => file.StartsWith(prefix, StringComparison.Ordinal)).ToList()) _files.Remove(file);
            _directories.RemoveWhere(directory => directory == path || directory.StartsWith(prefix, StringComparison.Ordinal));
        }
    }

    public bool TryDeleteEmpty(string directory)
    {
        lock (_lock)
        {
            var prefix = directory + "/";
            var holds = _files.Keys.Concat(_directories).Any(path => path.StartsWith(prefix, StringComparison.Ordinal));
            return !holds && _directories.Remove(directory);
        }
    }

    public void Rename(string from, string to)
    {
        lock (_lock)
        {
            RequireParent(to);
            if (!_files.Remove(from, out var file)) throw new FileNotFoundException($"'{from}' does not exist.", from);
            _files[to] = file;
        }
    }

    public bool TryLink(string existing, string path)
    {
        lock (_lock)
        {
            RequireParent(path);
            if (!_files.TryGetValue(existing, out var file)) throw new FileNotFoundException($"'{existing}' does not exist.", existing);
            return _files.TryAdd(path, file);
        }
    }

    public void SyncDirectory(string path)
    {
        lock (_lock)
        {
            if (!_directories.Contains(path)) throw new DirectoryNotFoundException($"'{path}' does not exist.");
        }
    }

    /// <summary>The paths of all files, in ordinal order: what a test looks at when a job is over.</summary>
    internal IReadOnlyList<string> AllFiles()
    {
        lock (_lock) return [.. _files.Keys];
    }

    internal void Stamp(InMemoryFile file)
    {
        lock (_lock) file.ModifiedTicks = _lastTicks = Math.Max(_lastTicks + 1, time.GetUtcNow().UtcTicks);
    }

    private static string? Parent(string path) => Path.GetDirectoryName(path);

    private void RequireParent(string path)
    {
        if (!_directories.Contains(Parent(path) ?? "/")) throw new DirectoryNotFoundException($"The directory of '{path}' does not exist.");
    }
}
