using MapReduce.Input;
using MapReduce.Storage;

namespace MapReduce.Tests.Input.Reader;

/// <summary>Files for readers, whose content is an array or made up as it is read.</summary>
internal sealed class MemoryFiles : IFileSystem
{
    private readonly Dictionary<string, IFileReader> _files = [];

    public FileRange Add(string path, byte[] content) => Add(path, new Bytes(content));

    public FileRange Add(string path, IFileReader file)
    {
        _files[path] = file;
        return new FileRange(path, 0, file.Length, file.Length, 0);
    }

    public IFileReader OpenRead(string path) => _files[path];

    public FileEntry? Find(string path) => _files.TryGetValue(path, out var file) ? new FileEntry(path, false, file.Length, 0) : null;

    public IFileWriter Create(string path, bool exclusive = false) => throw new NotSupportedException();

    public IReadOnlyList<FileEntry> List(string directory) => throw new NotSupportedException();

    public void CreateDirectory(string path) => throw new NotSupportedException();

    public void Delete(string path) => _files.Remove(path);

    public void DeleteTree(string path) => throw new NotSupportedException();

    public bool TryDeleteEmpty(string directory) => throw new NotSupportedException();

    public void Rename(string from, string to) => throw new NotSupportedException();

    public bool TryLink(string existing, string path) => throw new NotSupportedException();

    public void SyncDirectory(string path) => throw new NotSupportedException();

    private sealed class Bytes(byte[] content) : IFileReader
    {
        public long Length => content.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            var rest = content.AsSpan((int)Math.Min(offset, content.Length));
            rest = rest[..Math.Min(rest.Length, buffer.Length)];
            rest.CopyTo(buffer);
            return rest.Length;
        }

        public void Dispose()
        {
        }
    }
}
