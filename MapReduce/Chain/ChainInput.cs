using MapReduce.Input;
using MapReduce.Spill;

namespace MapReduce.Chain;

/// <summary>Reads what <see cref="ChainPart{TKey, TValue}"/> wrote, a verified block at a time.</summary>
internal sealed class ChainInput : InputFormat<ChainedRecord>
{
    public override RecordReader<ChainedRecord> Open(InputPiece piece) => new Reader(piece);

    private sealed class Reader(InputPiece piece) : RecordReader<ChainedRecord>
    {
        private readonly Stream _content = piece.OpenRead();
        private byte[] _block = GC.AllocateUninitializedArray<byte>(ChainBlock.UsualSize);
        private long _offset;
        private int _start, _keyLength, _valueLength, _next, _end;

        public override long Offset => _offset + _start;

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
            _offset += _end;
            var read = _content.ReadAtLeast(_block.AsSpan(0, ChainBlock.Header), ChainBlock.Header, throwOnEndOfStream: false);
            if (read == 0) return false;
            var payload = read < ChainBlock.Header ? -1 : ChainBlock.PayloadOf(_block);
            if (payload <= 0 || payload > piece.FileLength - _offset - ChainBlock.Header) throw Damaged();
            _end = ChainBlock.Header + payload;
            if (_block.Length < _end) Array.Resize(ref _block, _end);
            if (_content.ReadAtLeast(_block.AsSpan(ChainBlock.Header, payload), payload, throwOnEndOfStream: false) < payload || !ChainBlock.IsIntact(_block.AsSpan(0, _end))) throw Damaged();
            _next = ChainBlock.Header;
            return true;
        }

        private InputException Damaged() => new(
            $"'{piece.Path}', which the step before wrote, is damaged at offset {_offset}: a block is not what its checksum says. Something outside of MapReduce, or the disk, changed it; run the job again.");
    }
}
