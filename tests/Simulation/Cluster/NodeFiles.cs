using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>The shared disk as one node sees it: the node may die at any operation, and afterwards touches nothing.</summary>
/// <param name="disk">The disk that all nodes share.</param>
/// <param name="node">Who uses it.</param>
/// <param name="changed">Told after every change of a name.</param>
internal sealed class NodeFiles(IFileSystem disk, Node node, Action changed) : IFileSystem
{
    public IFileReader OpenRead(string path) => Look(() => disk.OpenRead(path));

    public FileEntry? Find(string path) => Look(() => disk.Find(path));

    public IReadOnlyList<FileEntry> List(string directory) => Look(() => disk.List(directory));

    public IFileWriter Create(string path, bool exclusive) => new Writer(Change(() => disk.Create(path, exclusive)), node);

    public void CreateDirectory(string path) => Change(() => disk.CreateDirectory(path));

    public void Delete(string path) => Change(() => disk.Delete(path));

    public void DeleteTree(string path)
    {
        // File by file, so that a node can die half-way.
        if (Find(path) is null) return;
        foreach (var entry in List(path))
        {
            if (entry.IsDirectory) DeleteTree(entry.Path);
            else Delete(entry.Path);
        }

        Change(() => disk.DeleteTree(path));
    }

    public bool TryDeleteEmpty(string directory) => Change(() => disk.TryDeleteEmpty(directory));

    public void Rename(string from, string to) => Change(() => disk.Rename(from, to));

    public bool TryLink(string existing, string path) => Change(() => disk.TryLink(existing, path));

    public void SyncDirectory(string path) => Look(() =>
    {
        disk.SyncDirectory(path);
        return true;
    });

    private T Look<T>(Func<T> operation)
    {
        node.TouchDisk();
        return operation();
    }

    private void Change(Action operation) => Change(() =>
    {
        operation();
        return true;
    });

    private T Change<T>(Func<T> operation)
    {
        node.TouchDisk();
        var result = operation();
        changed();
        // Dying just after a change is as likely as just before one.
        node.TouchDisk();
        return result;
    }

    private sealed class Writer(IFileWriter file, Node node) : IFileWriter
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            // A node that dies here leaves half of what it wrote.
            file.Write(bytes[..(bytes.Length / 2)]);
            node.TouchDisk();
            file.Write(bytes[(bytes.Length / 2)..]);
        }

        public void Sync() => node.TouchDisk();

        public void Dispose() => file.Dispose();
    }
}
