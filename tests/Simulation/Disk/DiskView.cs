using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Disk;

/// <summary>
/// The disk as one process sees it: it comes to a fail-point before and after every operation, and may meet a full disk.
/// Without a node it is the disk as nobody's process sees it: no fail-points, no faults, all durable at once.
/// </summary>
internal sealed class DiskView(VirtualWorld world, SimDisk disk, DiskTree tree, Node? node, Action changed) : IFileSystem
{
    public IFileReader OpenRead(string path)
    {
        var point = Begin(FileOperation.Read, path);
        var reader = new DiskReader(this, point, tree.Open(path));
        End(point);
        return reader;
    }

    public IFileWriter Create(string path, bool exclusive)
    {
        var point = Begin(FileOperation.Create, path);
        if (IsFull(path)) throw Full(path);
        var writer = new DiskWriter(this, path, tree.Create(path, exclusive, node));
        Changed(point);
        return writer;
    }

    public FileEntry? Find(string path)
    {
        var point = Begin(FileOperation.Read, path);
        var found = tree.Find(path) is { } name ? Entry(name) : null;
        End(point);
        return found;
    }

    public IReadOnlyList<FileEntry> List(string directory)
    {
        var point = Begin(FileOperation.Read, directory);
        FileEntry[] entries = [.. tree.List(directory).Select(Entry)];
        End(point);
        return entries;
    }

    public void CreateDirectory(string path)
    {
        // From the top, one by one, so that a node can die half-way.
        if (Path.GetDirectoryName(path) is { } parent && tree.Find(parent) is null) CreateDirectory(parent);
        var point = Begin(FileOperation.Create, path);
        if (tree.Find(path) is null && IsFull(path)) throw Full(path);
        tree.CreateDirectory(path, node);
        Changed(point);
    }

    public void Delete(string path)
    {
        var point = Begin(FileOperation.Delete, path);
        tree.Delete(path, node);
        Changed(point);
    }

    public void DeleteTree(string path)
    {
        var found = tree.Find(path)?.Inode;
        if (found is FileNode) return;
        // File by file, so that a node can die half-way.
        foreach (var name in found is DirectoryNode directory ? directory.Names.ToArray() : [])
        {
            if (name.Inode is DirectoryNode) DeleteTree(name.Path);
            else Delete(name.Path);
        }

        if (!TryDeleteEmpty(path) && tree.Find(path) is not null) throw new IOException($"Directory not empty: '{path}'.");
    }

    public bool TryDeleteEmpty(string directory)
    {
        var point = Begin(FileOperation.Delete, directory);
        var isDeleted = tree.TryDeleteEmpty(directory, node);
        Changed(point);
        return isDeleted;
    }

    public void Rename(string from, string to)
    {
        var point = Begin(FileOperation.Rename, from);
        tree.Rename(from, to, node);
        Changed(point);
    }

    public bool TryLink(string existing, string path)
    {
        var point = Begin(FileOperation.Link, path);
        var isLinked = tree.TryLink(existing, path, node);
        Changed(point);
        return isLinked;
    }

    public void SyncDirectory(string path)
    {
        var point = Begin(FileOperation.Sync, path);
        tree.SyncDirectory(path, node);
        End(point);
    }

    public FailPoint? Begin(FileOperation operation, string path)
    {
        if (node is null) return null;
        var point = FailPoints.Of(operation, path);
        if (point is { } known) node.Reach(known, Moment.Before);
        else world.Fail($"no fail-point for {operation} of {path}");
        return point;
    }

    public void Begin(FailPoint? point)
    {
        if (point is { } known) node!.Reach(known, Moment.Before);
    }

    public void End(FailPoint? point)
    {
        if (point is { } known) node!.Reach(known, Moment.After);
    }

    public void Write(string path, FileNode file, ReadOnlySpan<byte> bytes)
    {
        var wasAlive = node is { IsDead: false };
        FailPoint? point;
        try
        {
            point = Begin(FileOperation.Write, path);
        }
        catch (NodeDiedException) when (wasAlive)
        {
            tree.Append(file, Torn(bytes));
            throw;
        }

        var isFull = IsFull(path);
        tree.Append(file, isFull ? Torn(bytes) : bytes);
        if (isFull) throw Full(path);
        End(point);
    }

    private bool IsFull(string path) => node is not null && disk.IsFull(path);

    private ReadOnlySpan<byte> Torn(ReadOnlySpan<byte> bytes) => bytes[..world.Random.Next(bytes.Length + 1)];

    private void Changed(FailPoint? point)
    {
        changed();
        End(point);
    }

    private static FileEntry Entry(DiskName name) =>
        new(name.Path, name.Inode is DirectoryNode, name.Inode is FileNode file ? file.Length : 0, name.Inode.ModifiedTicks);

    private static IOException Full(string path) => new($"No space left on device: '{path}'.", SimDisk.NoSpace);
}
