using MapReduce.Protocol;

namespace MapReduce.Output;

/// <summary>A file that user code writes byte by byte, and closes.</summary>
internal sealed class SideFileStream(OutputSink sink) : WriteOnlyStream, IAttemptFile
{
    private readonly byte[] _buffer = new byte[16 << 10];
    private int _used;
    private long _length, _kept;
    private bool _isStaged, _isClosed;

    public bool IsOpen => sink.IsOpen && !_isClosed;

    public bool IsEmpty => _length == 0;

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

    /// <exception cref="InvalidOperationException">It is open: a writer over it may hold bytes back, of which nothing is known here.</exception>
    public OutputFile? Complete()
    {
        if (!IsOpen) return Finish();
        throw new InvalidOperationException($"'{sink.Name}' was not closed, so that a writer over it may hold its last bytes back: dispose of the writer or the stream, in Finish at the latest, or use CreateTextFile, which needs no end.");
    }

    public void Stage()
    {
        _isStaged = true;
        sink.Stage();
    }

    public void Keep()
    {
        Flush();
        sink.Keep();
        _kept = _length;
        if (_isClosed) Finish();
    }

    public void Drop()
    {
        _used = 0;
        sink.Drop();
        _length = _kept;
        _isClosed = false;
    }

    public void Abandon() => sink.Dispose();

    protected override void Dispose(bool disposing)
    {
        // A record that turns out bad has not closed it, either.
        if (disposing && _isStaged) _isClosed = true;
        else if (disposing) Finish();
        base.Dispose(disposing);
    }

    private OutputFile? Finish()
    {
        if (!sink.IsOpen) return sink.Completed;
        Flush();
        return sink.Complete(records: 0);
    }
}
