using MapReduce.Storage;

namespace MapReduce.Tests.Output;

/// <summary>A disk whose user dies at the n-th operation that changes it, before the operation or just after it.</summary>
internal sealed class CrashingFileSystem(IFileSystem inner, int crashAt, bool after) : IFileSystem
{
    public int Operations { get; private set; }

    public IFileReader OpenRead(string path) => inner.OpenRead(path);

    public FileEntry? Find(string path) => inner.Find(path);

    public IReadOnlyList<FileEntry> List(string directory) => inner.List(directory);

    public IFileWriter Create(string path, bool exclusive) => new Writer(this, Step(() => inner.Create(path, exclusive)));

    public void CreateDirectory(string path) => Step(() => inner.CreateDirectory(path));

    public void Delete(string path) => Step(() => inner.Delete(path));

    public void DeleteTree(string path)
    {
        // A recursive delete dies half-way, too: every file is an operation of its own.
        if (inner.Find(path) is null) return;
        foreach (var entry in inner.List(path))
        {
            if (entry.IsDirectory) DeleteTree(entry.Path);
            else Delete(entry.Path);
        }

        Step(() => inner.DeleteTree(path));
    }

    public bool TryDeleteEmpty(string directory) => Step(() => inner.TryDeleteEmpty(directory));

    public void Rename(string from, string to) => Step(() => inner.Rename(from, to));

    public bool TryLink(string existing, string path) => Step(() => inner.TryLink(existing, path));

    public void SyncDirectory(string path) => Step(() => inner.SyncDirectory(path));

    private void Step(Action operation) => Step(() =>
    {
        operation();
        return true;
    });

    private T Step<T>(Func<T> operation)
    {
        var isCrash = ++Operations >= crashAt;
        if (isCrash && (!after || Operations > crashAt)) throw new CrashException();
        var result = operation();
        return isCrash ? throw new CrashException() : result;
    }

    private sealed class Writer(CrashingFileSystem owner, IFileWriter file) : IFileWriter
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            // A write that dies leaves half of itself behind.
            if (owner.Operations + 1 >= owner.CrashAt) file.Write(bytes[..(bytes.Length / 2)]);
            owner.Step(() => true);
            file.Write(bytes);
        }

        public void Sync() => owner.Step(file.Sync);

        public void Dispose() => file.Dispose();
    }

    private int CrashAt => crashAt;
}

/// <summary>The process dies here.</summary>
internal sealed class CrashException : Exception;
