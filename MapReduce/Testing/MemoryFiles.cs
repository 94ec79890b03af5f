using MapReduce.Storage;

namespace MapReduce.Testing;

/// <summary>
/// Files that are kept in memory, so that a test waits for no disk. What was not written here is read from the machine's own: the
/// input, where user code may look for it, too. Safe for concurrent use.
/// </summary>
internal sealed class MemoryFiles : IFileSystem
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private long _clock = 1;

    public IFileReader OpenRead(string path)
    {
        lock (_lock)
        {
            return Of(path) is { Below: null } file ? new Reader(file) : PhysicalFileSystem.Instance.OpenRead(path);
        }
    }

    public IFileWriter Create(string path, bool exclusive = false)
    {
        lock (_lock)
        {
            if (exclusive && Of(path) is not null) throw new IOException($"The file '{path}' already exists.");
            var file = new Node(null, _clock++);
            Add(path, file);
            return new Writer(file);
        }
    }

    public FileEntry? Find(string path)
    {
        lock (_lock)
        {
            return Of(path) is { } node ? Entry(path, node) : PhysicalFileSystem.Instance.Find(path);
        }
    }

    public IReadOnlyList<FileEntry> List(string directory)
    {
        lock (_lock)
        {
            return Of(directory) is { Below: { } below } ? [.. below.Select(path => Entry(path, _nodes[path]))] : PhysicalFileSystem.Instance.List(directory);
        }
    }

    public void CreateDirectory(string path)
    {
        lock (_lock)
        {
            if (Of(path) is not null) return;
            if (Path.GetDirectoryName(path) is { } parent) CreateDirectory(parent);
            var directory = new Node(new SortedSet<string>(StringComparer.Ordinal), _clock++);
            if (Path.GetDirectoryName(path) is null) _nodes.Add(path, directory);
            else Add(path, directory);
        }
    }

    public void Delete(string path)
    {
        lock (_lock)
        {
            if (Of(path) is { Below: null }) Remove(path);
        }
    }

    public void DeleteTree(string path)
    {
        lock (_lock)
        {
            if (Of(path) is not { } node) return;
            foreach (var below in node.Below?.ToArray() ?? []) DeleteTree(below);
            Remove(path);
        }
    }

    public bool TryDeleteEmpty(string directory)
    {
        lock (_lock)
        {
            if (Of(directory) is not { Below.Count: 0 }) return false;
            Remove(directory);
            return true;
        }
    }

    public void Rename(string from, string to)
    {
        lock (_lock)
        {
            var file = Existing(from);
            Remove(from);
            Add(to, file);
        }
    }

    public bool TryLink(string existing, string path)
    {
        lock (_lock)
        {
            if (Of(path) is not null) return false;
            Add(path, Existing(existing));
            return true;
        }
    }

    public void SyncDirectory(string path) { }

    private Node? Of(string path) => _nodes.GetValueOrDefault(path);

    private Node Existing(string path) => Of(path) is { Below: null } file ? file : throw new FileNotFoundException($"Could not find file '{path}'.", path);

    private void Add(string path, Node node)
    {
        if (Of(Path.GetDirectoryName(path)!)?.Below is not { } parent) throw new DirectoryNotFoundException($"Could not find a part of the path '{path}'.");
        parent.Add(path);
        _nodes[path] = node;
    }

    private void Remove(string path)
    {
        _nodes.Remove(path);
        if (Path.GetDirectoryName(path) is { } parent) Of(parent)?.Below?.Remove(path);
    }

    private static FileEntry Entry(string path, Node node) => new(path, node.Below is not null, node.Content.Length, node.ModifiedTicks);

    /// <param name="below">The paths in a directory; null for a file.</param>
    /// <param name="modifiedTicks">When it was made.</param>
    private sealed class Node(SortedSet<string>? below, long modifiedTicks)
    {
        public SortedSet<string>? Below => below;

        public long ModifiedTicks => modifiedTicks;

        public byte[] Content { get; set; } = [];
    }

    /// <summary>Reads a file as it was when it was closed.</summary>
    private sealed class Reader(Node file) : IFileReader
    {
        public long Length => file.Content.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            var rest = file.Content.AsSpan((int)Math.Min(offset, Length));
            var read = rest[..Math.Min(rest.Length, buffer.Length)];
            read.CopyTo(buffer);
            return read.Length;
        }

        public void Dispose() { }
    }

    /// <summary>Its content is the file's when it is closed: nothing of the engine reads what is still written.</summary>
    private sealed class Writer(Node file) : IFileWriter
    {
        private readonly MemoryStream _content = new();

        public long Length => _content.Length;

        public void Write(ReadOnlySpan<byte> bytes) => _content.Write(bytes);

        public void Sync() { }

        public void Dispose() => file.Content = _content.ToArray();
    }
}
