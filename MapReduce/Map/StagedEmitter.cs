using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>
/// Holds what a mapper emits as bytes, and passes it on when it stands. What the job's own code says of a record on the way is asked for before:
/// a record on which it throws is bad, and passed on in part it could not be taken back.
/// </summary>
/// <param name="target">Takes the records.</param>
/// <param name="partitioner">The job's own way to partition, or null.</param>
/// <param name="order">What the values of a key are sorted by, or null.</param>
internal sealed class StagedEmitter<TKey, TKeyCodec, TValue, TValueCodec>(Emitter<TKey, TValue> target, Partitioner? partitioner, ValueOrder<TValue>? order) : Emitter<TKey, TValue>(batches: false), IStage
    where TKey : allows ref struct
    where TKeyCodec : struct, ICodec<TKey>
    where TValue : allows ref struct
    where TValueCodec : struct, ICodec<TValue>
{
    private readonly List<(int Key, int Value)> _lengths = [];
    private byte[] _bytes = [];
    private int _used;

    public void Keep()
    {
        var at = 0;
        foreach (var (key, value) in _lengths)
        {
            target.Emit(TKeyCodec.Decode(_bytes.AsSpan(at, key)), TValueCodec.Decode(_bytes.AsSpan(at + key, value)));
            at += key + value;
        }

        Drop();
    }

    public void Drop()
    {
        _lengths.Clear();
        _used = 0;
    }

    private protected override void EmitLong(ReadOnlySpan<byte> key, ulong value)
    {
        // Such keys are bytes as they are, in the codec's form too.
        Reserve(key.Length);
        key.CopyTo(_bytes.AsSpan(_used));
        Add(key.Length, ValueBits.Unpack<TValue>(value));
    }

    private protected override void EmitCoded(TKey key, TValue value)
    {
        Reserve(TKeyCodec.MaxLength(key));
        Add(TKeyCodec.Encode(key, _bytes.AsSpan(_used)), value);
    }

    private protected override void Flush() { }

    private void Add(int key, TValue value)
    {
        Reserve(key + TValueCodec.MaxLength(value));
        var length = TValueCodec.Encode(value, _bytes.AsSpan(_used + key));
        partitioner?.Of(_bytes.AsSpan(_used, key));
        if (order is { HoldsValue: false }) TryOrder(order, value, key + length);
        _lengths.Add((key, length));
        _used += key + length;
    }

    private void TryOrder(ValueOrder<TValue> by, TValue value, int length)
    {
        Reserve(length + by.MaxLength(value));
        by.Encode(value, _bytes.AsSpan(_used + length));
    }

    private void Reserve(int length)
    {
        if (length > Array.MaxLength - _used) throw new InvalidDataException($"A record emits more than {Array.MaxLength} bytes.");
        if (length > _bytes.Length - _used) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_used + (long)length, _bytes.Length * 2L)));
    }
}
