using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Disk;

/// <summary>Reads a file, also after its name is gone.</summary>
internal sealed class DiskReader(DiskView view, FailPoint? point, FileNode file) : IFileReader
{
    private bool _isClosed;

    public long Length
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return file.Length;
        }
    }

    public int Read(Span<byte> buffer, long offset)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        view.Begin(point);
        var read = file.Read(buffer, offset);
        view.End(point);
        return read;
    }

    public void Dispose() => _isClosed = true;
}

/// <summary>Appends to a new file.</summary>
internal sealed class DiskWriter(DiskView view, string path, FileNode file) : IFileWriter
{
    private bool _isClosed;

    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        view.Write(path, file, bytes);
        Length += bytes.Length;
    }

    public void Sync()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var point = view.Begin(FileOperation.Sync, path);
        file.Durable = file.Length;
        view.End(point);
    }

    public void Dispose() => _isClosed = true;
}
