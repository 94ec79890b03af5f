using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>Makes a file durable when it is closed: after that nobody holds it open who could.</summary>
internal sealed class SyncOnCloseWriter(IFileWriter inner) : IFileWriter
{
    private bool _isClosed;

    public long Length => inner.Length;

    public void Write(ReadOnlySpan<byte> bytes) => inner.Write(bytes);

    public void Sync() => inner.Sync();

    public void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        using (inner) inner.Sync();
    }
}
