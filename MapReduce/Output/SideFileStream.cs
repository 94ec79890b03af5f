using MapReduce.Protocol;

namespace MapReduce.Output;

/// <summary>A file that user code writes byte by byte. Closed by its user or with its attempt.</summary>
internal sealed class SideFileStream(OutputSink sink) : Stream, IAttemptFile
{
    private readonly byte[] _buffer = new byte[16 << 10];
    private int _used;

    public bool IsOpen => sink.IsOpen;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => IsOpen;

    public override long Length => sink.Length + _used;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(!IsOpen, this);
        if (buffer.Length > _buffer.Length - _used) Flush();
        if (buffer.Length > _buffer.Length)
        {
            sink.Write(buffer);
            return;
        }

        buffer.CopyTo(_buffer.AsSpan(_used));
        _used += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush()
    {
        if (_used == 0) return;
        sink.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    public OutputFile Complete()
    {
        if (IsOpen) Flush();
        return sink.Complete(records: 0);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public void Abandon() => sink.Dispose();

    protected override void Dispose(bool disposing)
    {
        if (disposing && IsOpen) Complete();
        base.Dispose(disposing);
    }
}
