using MapReduce.Protocol;

namespace MapReduce.Output;

/// <summary>A file that user code writes byte by byte. Closed by its user or with its attempt.</summary>
internal sealed class SideFileStream(OutputSink sink) : WriteOnlyStream, IAttemptFile
{
    private readonly byte[] _buffer = new byte[16 << 10];
    private int _used;
    private long _length;

    public bool IsOpen => sink.IsOpen;

    public override bool CanWrite => IsOpen;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(!IsOpen, this);
        if (buffer.Length > _buffer.Length - _used) Flush();
        if (buffer.Length > _buffer.Length)
        {
            sink.Write(buffer);
        }
        else
        {
            buffer.CopyTo(_buffer.AsSpan(_used));
            _used += buffer.Length;
        }

        _length += buffer.Length;
    }

    public override void Flush()
    {
        if (_used == 0) return;
        sink.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    public OutputFile? Complete()
    {
        if (!IsOpen) return sink.Completed;
        Flush();
        return sink.Complete(records: 0);
    }

    public void Abandon() => sink.Dispose();

    protected override void Dispose(bool disposing)
    {
        if (disposing) Complete();
        base.Dispose(disposing);
    }
}
