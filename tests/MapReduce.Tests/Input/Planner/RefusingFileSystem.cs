using MapReduce.Storage;

namespace MapReduce.Tests.Input.Planner;

/// <summary>The real disk, except that some paths are refused: for root, no mode of a file would do so.</summary>
internal sealed class RefusingFileSystem(Func<string, bool> refuses) : IFileSystem
{
    private readonly PhysicalFileSystem _disk = PhysicalFileSystem.Instance;

    public IFileReader OpenRead(string path) => _disk.OpenRead(Check(path));

    public IReadOnlyList<FileEntry> List(string directory) => _disk.List(Check(directory));

    public FileEntry? Find(string path) => _disk.Find(path);

    public IFileWriter Create(string path, bool exclusive = false) => _disk.Create(Check(path), exclusive);

    public void CreateDirectory(string path) => _disk.CreateDirectory(path);

    public void Delete(string path) => _disk.Delete(path);

    public void DeleteTree(string path) => _disk.DeleteTree(Check(path));

    public bool TryDeleteEmpty(string directory) => _disk.TryDeleteEmpty(directory);

    public void Rename(string from, string to) => _disk.Rename(from, to);

    public bool TryLink(string existing, string path) => _disk.TryLink(existing, path);

    public void SyncDirectory(string path) => _disk.SyncDirectory(path);

    private string Check(string path) =>
        refuses(path) ? throw new UnauthorizedAccessException($"Access to '{path}' is denied.") : path;
}
