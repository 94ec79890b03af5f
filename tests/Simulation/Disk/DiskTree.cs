using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Disk;

/// <summary>
/// The names of a disk and what they stand for. It behaves as <see cref="PhysicalFileSystem"/> on Unix does; every change
/// gets a modification time of its own. Changes by a machine are kept in their directory's list until it is synced.
/// </summary>
internal sealed class DiskTree
{
    private readonly TimeProvider _time;
    private readonly Dictionary<string, DiskName> _names = [];
    private readonly Dictionary<string, DiskName>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly DirectoryNode _root = new("/");
    private long _lastTicks, _sequence;

    public DiskTree(TimeProvider time)
    {
        _time = time;
        _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        _names["/"] = new DiskName("/", _root, _root, null);
    }

    /// <summary>Directories that may have unsynced changes of names, and files that may have unsynced content.</summary>
    public HashSet<DirectoryNode> UnsyncedDirectories { get; } = [];

    public List<FileNode> UnsyncedFiles { get; } = [];

    public IEnumerable<string> Files => _names.Values.Where(name => name.Inode is FileNode).Select(name => name.Path).Order(StringComparer.Ordinal);

    public DiskName? Find(ReadOnlySpan<char> path) => _lookup.TryGetValue(path, out var name) ? name : null;

    /// <summary>True while a directory is where it was made.</summary>
    public bool IsThere(DirectoryNode directory) => Find(directory.Path)?.Inode == directory;

    public FileNode Open(string path) => Find(path)?.Inode switch
    {
        FileNode file => file,
        DirectoryNode => throw new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
        _ => throw Absent(path),
    };

    public FileNode Create(string path, bool exclusive, Node? by)
    {
        var parent = Parent(path);
        var before = Find(path);
        if (exclusive && before is not null) throw new IOException($"The file '{path}' already exists.");
        if (before?.Inode is DirectoryNode) throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
        var file = new FileNode(by);
        Set(path, parent, before, file, by);
        file.ModifiedTicks = Stamp();
        return file;
    }

    public void Append(FileNode file, ReadOnlySpan<byte> bytes)
    {
        if (file.Writer is not null && file.Durable == file.Length) UnsyncedFiles.Add(file);
        file.Append(bytes);
        if (file.Writer is null) file.Durable = file.Length;
        file.ModifiedTicks = Stamp();
    }

    public IEnumerable<DiskName> List(string directory) => Find(directory)?.Inode is DirectoryNode found
        ? found.Names.OrderBy(name => name.Path, StringComparer.Ordinal)
        : throw new DirectoryNotFoundException($"Could not find a part of the path '{directory}'.");

    /// <summary>Creates one directory, whose parent exists.</summary>
    public void CreateDirectory(string path, Node? by)
    {
        var before = Find(path);
        if (before?.Inode is DirectoryNode) return;
        if (before is not null) throw new IOException($"Cannot create '{path}' because a file or directory with the same name already exists.");
        Set(path, Parent(path), null, new DirectoryNode(path) { ModifiedTicks = Stamp() }, by);
    }

    public void Delete(string path, Node? by)
    {
        if (Find(path) is not { } name) return;
        if (name.Inode is DirectoryNode) throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
        Set(path, name.Parent, name, null, by);
    }

    public bool TryDeleteEmpty(string directory, Node? by)
    {
        if (Find(directory) is not { } name) return false;
        if (name.Inode is not DirectoryNode { Names.Count: 0 }) return false;
        Set(directory, name.Parent, name, null, by);
        return true;
    }

    public void Rename(string from, string to, Node? by)
    {
        if (Find(from) is not { Inode: FileNode } source) throw new FileNotFoundException($"Could not find file '{from}'.", from);
        var parent = Parent(to);
        var target = Find(to);
        if (target?.Inode is DirectoryNode) throw new IOException($"'{to}' is a directory.");
        // Two names of one file: rename(2) leaves both.
        if (target?.Inode == source.Inode) return;
        Remove(source);
        Set(to, parent, target, source.Inode, by, source);
    }

    public bool TryLink(string existing, string path, Node? by)
    {
        var source = Find(existing) ?? throw NotLinked(existing, path);
        var parent = Find(Path.GetDirectoryName(path.AsSpan()))?.Inode as DirectoryNode ?? throw NotLinked(existing, path);
        if (Find(path) is not null) return false;
        if (source.Inode is DirectoryNode) throw NotLinked(existing, path);
        Set(path, parent, null, source.Inode, by);
        return true;
    }

    public void SyncDirectory(string path, Node? by)
    {
        if (Find(path) is not { } name) throw new IOException($"Directory '{path}' could not be synced: no such file or directory.");
        // An audit, which is nobody's, must not make durable what it looks at.
        if (by is null || name.Inode is not DirectoryNode directory) return;
        directory.Unsynced.Clear();
        UnsyncedDirectories.Remove(directory);
    }

    /// <summary>Gives a name a meaning, with nothing said of who did it.</summary>
    public void Put(DiskName name)
    {
        if (Find(name.Path) is { } before) Remove(before);
        _names[name.Path] = name;
        name.Parent.Names.Add(name);
    }

    /// <summary>Takes a name away with all that is below it.</summary>
    public void Remove(DiskName name)
    {
        name.Parent.Names.Remove(name);
        Forget(name);
    }

    private void Forget(DiskName name)
    {
        _names.Remove(name.Path);
        if (name.Inode is not DirectoryNode directory) return;
        foreach (var below in directory.Names) Forget(below);
    }

    private void Set(string path, DirectoryNode parent, DiskName? before, Inode? after, Node? by, DiskName? from = null)
    {
        if (by is not null)
        {
            parent.Unsynced.Add(new NameChange(_sequence++, by, path, before, after, from));
            if (parent.Unsynced.Count == 1) UnsyncedDirectories.Add(parent);
        }

        if (before is not null) Remove(before);
        if (after is not null) Put(new DiskName(path, parent, after, by));
        parent.ModifiedTicks = Stamp();
        if (from is not null) from.Parent.ModifiedTicks = parent.ModifiedTicks;
    }

    private long Stamp() => _lastTicks = Math.Max(_lastTicks + 1, _time.GetUtcNow().UtcTicks);

    private DirectoryNode Parent(string path) => Find(Path.GetDirectoryName(path.AsSpan()))?.Inode as DirectoryNode
        ?? throw new DirectoryNotFoundException($"Could not find a part of the path '{path}'.");

    private FileNotFoundException Absent(string path)
    {
        Parent(path);
        return new FileNotFoundException($"Could not find file '{path}'.", path);
    }

    private static IOException NotLinked(string existing, string path) => new($"'{path}' could not be linked to '{existing}'.");
}
