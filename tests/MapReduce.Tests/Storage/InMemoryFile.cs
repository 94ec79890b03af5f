using MapReduce.Storage;

namespace MapReduce.Tests.Storage;

/// <summary>The content of a file, which may have several names and outlives them while it is open.</summary>
internal sealed class InMemoryFile
{
    private readonly Lock _lock = new();
    private byte[] _bytes = [];
    private int _length;

    public long ModifiedTicks { get; set; }

    public long Length
    {
        get { lock (_lock) return _length; }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_length + bytes.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes.Length));
            bytes.CopyTo(_bytes.AsSpan(_length));
            _length += bytes.Length;
        }
    }

    public int Read(Span<byte> buffer, long offset)
    {
        lock (_lock)
        {
            if (offset >= _length) return 0;
            var source = _bytes.AsSpan((int)offset, _length - (int)offset);
            if (source.Length > buffer.Length) source = source[..buffer.Length];
            source.CopyTo(buffer);
            return source.Length;
        }
    }
}

/// <summary>Reads a file in memory, also after its name is gone.</summary>
internal sealed class InMemoryFileReader(InMemoryFile file) : IFileReader
{
    public long Length => file.Length;

    public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

    public void Dispose()
    {
    }
}

/// <summary>Appends to a file in memory and stamps it at each write.</summary>
internal sealed class InMemoryFileWriter(InMemoryFileSystem owner, InMemoryFile file) : IFileWriter
{
    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        file.Append(bytes);
        Length += bytes.Length;
        owner.Stamp(file);
    }

    public void Sync()
    {
    }

    public void Dispose()
    {
    }
}
