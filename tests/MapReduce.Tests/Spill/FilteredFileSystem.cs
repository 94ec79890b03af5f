using MapReduce.Storage;

namespace MapReduce.Tests.Spill;

/// <summary>The machine's disk with something of its own in between.</summary>
internal abstract class FilteredFileSystem : IFileSystem
{
    private static readonly PhysicalFileSystem Inner = PhysicalFileSystem.Instance;

    public virtual IFileReader OpenRead(string path) => Inner.OpenRead(path);

    public virtual IFileWriter Create(string path, bool exclusive = false) => Inner.Create(path, exclusive);

    public virtual FileEntry? Find(string path) => Inner.Find(path);

    public IReadOnlyList<FileEntry> List(string directory) => Inner.List(directory);

    public void CreateDirectory(string path) => Inner.CreateDirectory(path);

    public void Delete(string path) => Inner.Delete(path);

    public void DeleteTree(string path) => Inner.DeleteTree(path);

    public bool TryDeleteEmpty(string directory) => Inner.TryDeleteEmpty(directory);

    public void Rename(string from, string to) => Inner.Rename(from, to);

    public bool TryLink(string existing, string path) => Inner.TryLink(existing, path);

    public void SyncDirectory(string path) => Inner.SyncDirectory(path);
}

/// <summary>Counts what is read.</summary>
internal sealed class CountingFileSystem : FilteredFileSystem
{
    public long BytesRead { get; private set; }

    public override IFileReader OpenRead(string path) => new Reader(this, base.OpenRead(path));

    private sealed class Reader(CountingFileSystem owner, IFileReader file) : IFileReader
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            var read = file.Read(buffer, offset);
            owner.BytesRead += read;
            return read;
        }

        public void Dispose() => file.Dispose();
    }
}

/// <summary>A disk with so much room for the files whose names have this in them.</summary>
internal sealed class FullFileSystem(string name, long room) : FilteredFileSystem
{
    public long Room { get; set; } = room;

    public override IFileWriter Create(string path, bool exclusive = false) =>
        path.Contains(name, StringComparison.Ordinal) ? new Writer(base.Create(path, exclusive), Room) : base.Create(path, exclusive);

    private sealed class Writer(IFileWriter file, long room) : IFileWriter
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            if (file.Length + bytes.Length > room) throw new IOException("No space left on device", 28);
            file.Write(bytes);
        }

        public void Sync() => file.Sync();

        public void Dispose() => file.Dispose();
    }
}
