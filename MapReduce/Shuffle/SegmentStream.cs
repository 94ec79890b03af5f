using System.Buffers;

namespace MapReduce.Shuffle;

/// <summary>
/// Reads an answer through one large buffer. The caller's thread waits for each read, because what it does next, writing
/// to a disk, would block a thread of the pool; a reader that hears nothing for too long gives up.
/// </summary>
internal sealed class SegmentStream : IDisposable
{
    private const int BufferLength = 256 << 10;

    private readonly Stream _body;
    private readonly TimeSpan _patience;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenRegistration _registration;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private int _start, _end;

    public SegmentStream(Stream body, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        (_body, _patience, _cancellation) = (body, patience, cancellation);
        _silence = new CancellationTokenSource(patience, time);
        _registration = cancellation.UnsafeRegister(static silence => ((CancellationTokenSource)silence!).Cancel(), _silence);
    }

    /// <exception cref="InvalidDataException">What comes is not a frame.</exception>
    /// <exception cref="BrokenAnswerException">The worker cannot be heard any more.</exception>
    public SegmentFrame ReadFrame()
    {
        Fill(SegmentFrame.FixedLength);
        var length = SegmentFrame.FixedLength + SegmentFrame.TokenLength(Buffered);
        Fill(length);
        var frame = SegmentFrame.ReadFrom(Buffered[..length]);
        _start += length;
        return frame;
    }

    /// <summary>The next bytes, at least one and at most so many; valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(long most)
    {
        if (_start == _end) Fill(1);
        var read = Buffered[..(int)Math.Min(most, _end - _start)];
        _start += read.Length;
        return read;
    }

    public void Dispose()
    {
        _registration.Dispose();
        _silence.Dispose();
        _body.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    private void Fill(int least)
    {
        if (least > _buffer.Length) throw new InvalidDataException($"a frame of {least} bytes is longer than any can be");
        if (_end - _start >= least) return;
        Buffered.CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < least)
        {
            var read = ReadBody();
            if (read == 0) throw new BrokenAnswerException("the answer ended before its last segment");
            _end += read;
        }
    }

    private int ReadBody()
    {
        _silence.CancelAfter(_patience);
        try
        {
            var reading = _body.ReadAsync(_buffer.AsMemory(_end), _silence.Token);
            return reading.IsCompletedSuccessfully ? reading.Result : reading.AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!_cancellation.IsCancellationRequested)
        {
            throw BrokenAnswerException.Silence(_patience);
        }
        catch (IOException broken)
        {
            throw new BrokenAnswerException(broken.Message, broken);
        }
    }
}
