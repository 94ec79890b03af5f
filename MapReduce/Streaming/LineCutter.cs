namespace MapReduce.Streaming;

/// <summary>Cuts a stream into blocks of whole lines, through one buffer that grows with the longest line.</summary>
/// <param name="source">What is read.</param>
/// <param name="limit">Bytes at most: a longer line is given in pieces.</param>
internal sealed class LineCutter(Stream source, int limit)
{
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(Math.Min(limit, 256 << 10));
    private int _start, _end;
    private long _bytes;

    /// <summary>Bytes read so far; may be asked from any thread.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The next block, valid until the one after it: lines that end with LF, but perhaps the last; empty after the end.</summary>
    public ReadOnlySpan<byte> Next()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (true)
        {
            if (_end == _buffer.Length && !TryGrow()) return Take(_end);
            var read = source.Read(_buffer.AsSpan(_end));
            if (read == 0) return Take(_end);
            Volatile.Write(ref _bytes, _bytes + read);
            var newline = _buffer.AsSpan(_end, read).LastIndexOf((byte)'\n');
            _end += read;
            if (newline >= 0) return Take(_end - read + newline + 1);
        }
    }

    private ReadOnlySpan<byte> Take(int end)
    {
        _start = end;
        return _buffer.AsSpan(0, end);
    }

    private bool TryGrow()
    {
        if (_buffer.Length >= limit) return false;
        Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, limit));
        return true;
    }
}
