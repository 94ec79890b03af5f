namespace MapReduce.Input.Formats;

/// <summary>Files as they are, each one record.</summary>
internal sealed class WholeFileFormat : InputFormat<WholeFile>
{
    private const int Longest = 1 << 29, FirstGuess = 64 << 10;

    public override RecordReader<WholeFile> Open(InputPiece piece) => new Reader(piece);

    private sealed class Reader(InputPiece piece) : RecordReader<WholeFile>
    {
        // Beside what the task holds, its memory again at most.
        private readonly int _longest = (int)Math.Min(piece.Memory, Longest);
        private byte[] _content = [];
        private int _length;
        private bool _isRead;

        public override long Offset => 0;

        public override ReadOnlySpan<byte> Bytes => _content.AsSpan(0, _length);

        public override bool Read()
        {
            if (_isRead) return false;
            _isRead = true;
            if (piece.FileLength > _longest && !Compression.IsCompressed(piece.Path)) throw TooLong(ByteSize.Exactly(piece.FileLength));
            var content = piece.OpenRead();
            // One byte more than the file has shows its end without another buffer.
            _content = new byte[(int)Math.Min(piece.FileLength + 1, FirstGuess)];
            while (content.ReadAtLeast(_content.AsSpan(_length), _content.Length - _length, throwOnEndOfStream: false) is var read && (_length += read) == _content.Length) Grow();
            return true;
        }

        public override WholeFile Parse() => new(piece.Path, _content.AsMemory(0, _length));

        private void Grow()
        {
            if (_length > _longest) throw TooLong($"more than {ByteSize.Exactly(_longest)}");
            Array.Resize(ref _content, (int)Math.Min(Math.Max(piece.FileLength + 1, _length * 2L), _longest + 1L));
        }

        private InputException TooLong(string length) => new(
            $"Input '{piece.Path}' has {length} of content, and a file that is one record may have as much as the memory of a task, here {ByteSize.Exactly(piece.Memory)}, up to {ByteSize.Exactly(Longest)}: give tasks more (MemoryPerSlot), or read it by lines or by records of a format that is not a whole file.");
    }
}
