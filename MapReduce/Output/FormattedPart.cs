using System.Buffers;

namespace MapReduce.Output;

/// <summary>A file of records in a format that writes them one by one into a buffer.</summary>
internal sealed class FormattedPart<TKey, TValue>(RecordWriter<TKey, TValue> writer, OutputSink sink, int writeSize, bool skipsEmpty) : PartWriter<TKey, TValue>(sink, skipsEmpty)
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private readonly Buffer _buffer = new();
    private bool _hasBegun;

    public override void Write(TKey key, TValue value)
    {
        Begin();
        var before = _buffer.Used;
        try
        {
            writer.Write(key, value, _buffer);
        }
        catch
        {
            // The reducer may catch it and go on: half a record must not stay.
            _buffer.Used = before;
            throw;
        }

        Records++;
        if (_buffer.Used >= writeSize) Flush();
    }

    public override void Stage()
    {
        base.Stage();
        // The beginning is of no record.
        Begin();
        Keep();
    }

    protected override void Finish()
    {
        Begin();
        writer.End(_buffer);
        Flush();
    }

    protected override void Flush()
    {
        Sink.Write(_buffer.Written);
        _buffer.Used = 0;
    }

    protected override void Forget() => _buffer.Used = 0;

    private void Begin()
    {
        if (_hasBegun) return;
        _hasBegun = true;
        writer.Begin(_buffer);
    }

    private sealed class Buffer : IBufferWriter<byte>
    {
        private const int Least = 256;
        private byte[] _bytes = GC.AllocateUninitializedArray<byte>(4 << 10);

        public int Used { get; set; }

        public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Used);

        public void Advance(int count) => Used = count >= 0 && count <= _bytes.Length - Used ? Used + count : throw new ArgumentOutOfRangeException(nameof(count), count, "More was written than there was room for.");

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            Reserve(sizeHint);
            return _bytes.AsMemory(Used);
        }

        public Span<byte> GetSpan(int sizeHint = 0)
        {
            Reserve(sizeHint);
            return _bytes.AsSpan(Used);
        }

        private void Reserve(int size)
        {
            if (_bytes.Length - Used >= Math.Max(size, Least)) return;
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, Used + (long)Math.Max(size, Least))));
            if (_bytes.Length - Used < size) throw new InvalidDataException($"A record is larger than {Array.MaxLength} bytes: write it in pieces.");
        }
    }
}
