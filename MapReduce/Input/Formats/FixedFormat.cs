namespace MapReduce.Input.Formats;

/// <summary>Records of a fixed length, one after the other.</summary>
internal sealed class FixedFormat : InputFormat<ReadOnlyMemory<byte>>
{
    private const int BufferSize = 256 << 10, Longest = 1 << 29;

    private readonly int _length;

    public FixedFormat(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Longest);
        _length = length;
    }

    public override bool IsSplittable => true;

    public override RecordReader<ReadOnlyMemory<byte>> Open(InputPiece piece)
    {
        if (!piece.IsWhole && piece.FileLength % _length != 0) throw Odd(piece.Path, piece.FileLength, _length);
        return new Reader(piece, _length);
    }

    private static InputException Odd(string path, long length, int recordLength) => new(
        $"Input '{path}' has {length} bytes of content, which is no multiple of the {recordLength} of a record ({length % recordLength} are left over): is it of this format, and whole?");

    private sealed class Reader : RecordReader<ReadOnlyMemory<byte>>
    {
        private readonly string _path;
        private readonly int _length;
        private readonly Stream _content;
        private readonly long _end;
        private readonly byte[] _buffer;
        private long _bufferOffset;
        private int _filled, _next;

        public Reader(InputPiece piece, int length)
        {
            (_path, _length, _end) = (piece.Path, length, piece.End);
            _bufferOffset = (piece.Offset + length - 1) / length * length;
            _buffer = new byte[Math.Max(1, Math.Min(BufferSize, piece.FileLength) / length) * length];
            _content = piece.OpenRead(Math.Min(_bufferOffset, piece.FileLength));
        }

        public override long Offset => _bufferOffset + _next - _length;

        public override ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_next - _length, _length);

        public override bool Read()
        {
            if (_bufferOffset + _next >= _end) return false;
            if (_next == _filled && !Fill()) return false;
            _next += _length;
            return true;
        }

        public override ReadOnlyMemory<byte> Parse() => _buffer.AsMemory(_next - _length, _length);

        private bool Fill()
        {
            _bufferOffset += _filled;
            _next = 0;
            _filled = _content.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
            // Of compressed content the length is known only now.
            return _filled % _length == 0 ? _filled > 0 : throw Odd(_path, _bufferOffset + _filled, _length);
        }
    }
}
