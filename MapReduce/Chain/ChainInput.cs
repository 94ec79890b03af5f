using MapReduce.Input;
using MapReduce.Spill;

namespace MapReduce.Chain;

/// <summary>Reads what <see cref="ChainPart{TKey, TValue}"/> wrote, a verified block at a time.</summary>
internal sealed class ChainInput : InputFormat<ChainedRecord>
{
    public override RecordReader<ChainedRecord> Open(InputPiece piece) => new Reader(piece);

    private sealed class Reader : RecordReader<ChainedRecord>
    {
        private readonly InputPiece _piece;
        private readonly PlainSource _content;

        // Of a sample: how many blocks it takes, and from where on the next; of all records all blocks.
        private readonly long _blocks;
        private long _taken, _from;

        private byte[] _block = GC.AllocateUninitializedArray<byte>(ChainBlock.UsualSize);

        // Where the block begins in the file, and, for who wants so many bytes of records, how many came before it.
        private long _at, _before;
        private int _start, _keyLength, _valueLength, _next, _end;

        public Reader(InputPiece piece)
        {
            (_piece, _content) = (piece, piece.OpenPlain());
            _blocks = piece.End == long.MaxValue ? long.MaxValue : Math.Max(1, piece.End / ChainBlock.UsualSize);
        }

        public override long Offset => _before + _start;

        public override ReadOnlySpan<byte> Bytes => _block.AsSpan(_start, _next - _start);

        public override unsafe bool Read()
        {
            if (_next == _end && !ReadBlock()) return false;
            fixed (byte* block = _block)
            {
                _start = (int)(RecordFormat.ReadHeader(block + _next, out _keyLength, out _valueLength) - block);
            }

            _next = _start + _keyLength + _valueLength;
            return true;
        }

        public override ChainedRecord Parse() => new(_block, _start, _keyLength, _valueLength);

        private bool ReadBlock()
        {
            _before += _end;
            _at += _end;
            if (_taken == _blocks) return false;
            var payload = ReadHeader();
            // A sample is spread over the file.
            while (payload > 0 && _at < _from)
            {
                _at += ChainBlock.Header + payload;
                payload = ReadHeader();
            }

            if (payload == 0) return false;
            _from = _blocks == long.MaxValue ? 0 : (long)((Int128)_piece.FileLength * ++_taken / _blocks);
            _end = ChainBlock.Header + payload;
            if (_block.Length < _end) Array.Resize(ref _block, _end);
            if (_content.Read(_block.AsSpan(ChainBlock.Header, payload)) < payload || !ChainBlock.IsIntact(_block.AsSpan(0, _end))) throw Damaged();
            _next = ChainBlock.Header;
            return true;
        }

        /// <summary>How long the payload of the next block is; 0 at the end of the file.</summary>
        private int ReadHeader()
        {
            _content.Offset = _at;
            var read = _content.Read(_block.AsSpan(0, ChainBlock.Header));
            if (read == 0) return 0;
            var payload = read < ChainBlock.Header ? -1 : ChainBlock.PayloadOf(_block);
            return payload > 0 && payload <= _piece.FileLength - _at - ChainBlock.Header ? payload : throw Damaged();
        }

        private InputException Damaged() => new(
            $"'{_piece.Path}', which the step before wrote, is damaged at offset {_at}: a block is not what its checksum says. Something outside of MapReduce, or the disk, changed it; run the job again.");
    }
}
