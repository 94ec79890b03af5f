using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using MapReduce.Memory;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>A fold table's keys and values as records, in a given order.</summary>
internal sealed unsafe class FoldedStream<TValue, TValueCodec> : RecordStream
    where TValue : unmanaged
    where TValueCodec : struct, ICodec<TValue>
{
    private const int Ahead = 12;
    private readonly FoldTable _table;
    private readonly FoldOrder _order;
    private readonly MemoryPool? _pool;
    private byte* _value;
    private int _valueCapacity;
    private int _at, _end;

    /// <summary>Starts with all; with a pool it owns the order, and disposes it.</summary>
    public FoldedStream(FoldTable table, FoldOrder order, MemoryPool? pool)
    {
        (_table, _order, _pool, _end) = (table, order, pool, order.Count);
        Reserve(Math.Max(TValueCodec.FixedLength, 16));
    }

    public void Seek(int start, int end) => (_at, _end) = (start, end);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool MoveNext()
    {
        if (_at == _end) return false;
        var entries = _order.Entries;
        var slots = _table.Slots;
        // Slots come in the order of keys, not of memory: without the prefetch each would be a miss.
        if (_at + Ahead < _end && Sse.IsSupported) Sse.Prefetch0(slots + entries[_at + Ahead].Place);
        var slot = slots + entries[_at++].Place;
        Key = _table.Key(slot, out KeyLength);
        var value = ValueBits.Unpack<TValue>(slot->Value);
        if (TValueCodec.FixedLength < 0 && TValueCodec.MaxLength(value) > _valueCapacity) Reserve(TValueCodec.MaxLength(value));
        ValueLength = TValueCodec.Encode(value, new Span<byte>(_value, _valueCapacity));
        Value = _value;
        return true;
    }

    public override void Dispose()
    {
        NativeMemory.Free(_value);
        if (_pool is not null) _order.Dispose();
    }

    private void Reserve(int length)
    {
        _valueCapacity = length;
        _value = (byte*)NativeMemory.Realloc(_value, (nuint)length + NativeBuffer.Slack);
    }
}
