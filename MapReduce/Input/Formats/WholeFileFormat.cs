namespace MapReduce.Input.Formats;

/// <summary>Files as they are, each one record.</summary>
internal sealed class WholeFileFormat : InputFormat<WholeFile>
{
    private const int Longest = 1 << 29, FirstGuess = 64 << 10;

    public override RecordReader<WholeFile> Open(InputPiece piece) => new Reader(piece);

    private sealed class Reader(InputPiece piece) : RecordReader<WholeFile>
    {
        private byte[] _content = [];
        private int _length;
        private bool _isRead;

        public override long Offset => 0;

        public override ReadOnlySpan<byte> Bytes => _content.AsSpan(0, _length);

        public override bool Read()
        {
            if (_isRead) return false;
            _isRead = true;
            var content = piece.OpenRead();
            // One byte more than the file has shows its end without another buffer.
            _content = new byte[(int)Math.Min(piece.FileLength + 1, FirstGuess)];
            while (content.ReadAtLeast(_content.AsSpan(_length), _content.Length - _length, throwOnEndOfStream: false) is var read && (_length += read) == _content.Length) Grow();
            return true;
        }

        public override WholeFile Parse() => new(piece.Path, _content.AsMemory(0, _length));

        private void Grow()
        {
            if (_length > Longest)
                throw new InputException($"Input '{piece.Path}' has more than {Longest} bytes of content, too many for one record: read it by lines or by records of a format that is not a whole file.");
            Array.Resize(ref _content, (int)Math.Max(Math.Min(piece.FileLength + 1, Longest + 1L), Math.Min(_length * 2L, Longest + 1L)));
        }
    }
}
