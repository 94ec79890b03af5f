using MapReduce.Output;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Chain;

/// <summary>Writes the records that a task leaves for the next step.</summary>
internal sealed class ChainPart<TKey, TValue>(Codec<TKey> keys, Codec<TValue> values, OutputSink sink) : PartWriter<TKey, TValue>(sink, skipsEmpty: false)
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private byte[] _block = GC.AllocateUninitializedArray<byte>(ChainBlock.UsualSize);
    private byte[] _record = new byte[256];
    private int _used = ChainBlock.Header;

    public override void Write(TKey key, TValue value)
    {
        var most = (long)keys.MaxLength(key) + values.MaxLength(value);
        if (most > RecordFormat.MaxRecord)
            throw new InvalidDataException($"A record of up to {most} bytes is larger than the {RecordFormat.MaxRecord} bytes that a key and its value may have together: give it in pieces.");
        if (_record.Length < most) _record = GC.AllocateUninitializedArray<byte>((int)Math.Max(most, Math.Min(RecordFormat.MaxRecord, _record.Length * 2L)));
        var keyLength = keys.Encode(key, _record);
        Append(keyLength, values.Encode(value, _record.AsSpan(keyLength)));
        Records++;
    }

    protected override void Flush()
    {
        if (_used == ChainBlock.Header) return;
        var block = _block.AsSpan(0, _used);
        ChainBlock.Seal(block);
        Sink.Write(block);
        _used = ChainBlock.Header;
    }

    protected override void Forget() => _used = ChainBlock.Header;

    private unsafe void Append(int keyLength, int valueLength)
    {
        var most = RecordFormat.MaxHeader + keyLength + valueLength;
        if (_block.Length - _used < most) MakeRoom(most);
        fixed (byte* start = _block)
        {
            _used = (int)(RecordFormat.WriteHeader(start + _used, keyLength, valueLength) - start);
        }

        _record.AsSpan(0, keyLength + valueLength).CopyTo(_block.AsSpan(_used));
        _used += keyLength + valueLength;
    }

    // A record larger than a block gets a block of its own size.
    private void MakeRoom(int length)
    {
        Flush();
        if (_block.Length - _used < length) _block = GC.AllocateUninitializedArray<byte>(ChainBlock.Header + length);
    }
}
