using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MapReduce.Map;

namespace MapReduce;

/// <summary>
/// Takes the records of a mapper. One class for every job: <see cref="Emit"/> inlines into the mapper to a 32-byte store into a
/// batch and a prefetch of the key's place in the table; the one virtual call is for each batch. It is compiled optimized at its
/// first call, for a user's mapper spends the first seconds of a process in code that is not, and inlines nothing until then.
/// Belongs to one attempt; not safe for concurrent use.
/// </summary>
/// <typeparam name="TKey">Keys; <see cref="ReadOnlySpan{T}"/> of bytes, <see cref="Utf8Text"/> and strings go the short way.</typeparam>
/// <typeparam name="TValue">Values.</typeparam>
public abstract unsafe class Emitter<TKey, TValue> : IDisposable
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private const int BatchLength = 128;
    private readonly KeySlot* _batchEnd;
    private readonly int _inlineLimit;

    /// <summary>A collector that folds takes keys of up to 16 bytes by the batch; any other takes each record at once.</summary>
    private protected Emitter(bool batches)
    {
        _inlineLimit = batches ? KeyHash.InlineLength : -1;
        if (!batches) return;
        Batch = BatchNext = (KeySlot*)NativeMemory.AlignedAlloc((nuint)(BatchLength * sizeof(KeySlot)), 64);
        _batchEnd = Batch + BatchLength;
    }

    private protected KeySlot* Batch { get; private set; }

    private protected KeySlot* BatchNext { get; set; }

    private protected KeySlot* Table { get; set; }

    private protected nuint TableMask { get; set; }

    /// <summary>Emits a record. The key and the value are copied; they may be reused at once.</summary>
    /// <exception cref="InvalidDataException">The record is too large for any buffer (1 GiB).</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)]
    public void Emit(TKey key, TValue value)
    {
        if (ValueBits.Fit<TValue>())
        {
            if (typeof(TKey) == typeof(ReadOnlySpan<byte>))
            {
                EmitBytes(Unsafe.As<TKey, ReadOnlySpan<byte>>(ref key), ValueBits.Pack(value));
                return;
            }

            if (typeof(TKey) == typeof(Utf8Text))
            {
                EmitBytes(Unsafe.As<TKey, Utf8Text>(ref key).Span, ValueBits.Pack(value));
                return;
            }
        }

        EmitCoded(key, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)]
    private protected void EmitBytes(ReadOnlySpan<byte> key, ulong value)
    {
        if (key.Length > _inlineLimit)
        {
            EmitLong(key, value);
            return;
        }

        var bytes = KeyHash.Load(ref MemoryMarshal.GetReference(key), (nuint)key.Length).AsUInt64();
        EmitShort(bytes[0], bytes[1], (nuint)key.Length, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)]
    private protected void EmitShort(ulong a, ulong b, nuint length, ulong value)
    {
        var meta = KeyHash.Meta(KeyHash.Short(a, b), length);
        var slot = BatchNext;
        slot->A = a;
        slot->B = b;
        slot->Meta = meta;
        slot->Value = value;
        // By the time the batch is folded its slots have come from memory.
        if (Sse.IsSupported) Sse.Prefetch0(Table + ((nuint)(meta >> 32) & TableMask));
        BatchNext = ++slot;
        if (slot == _batchEnd) Flush();
    }

    /// <summary>Takes a record whose key does not fit the batch, or any record when there is none.</summary>
    private protected abstract void EmitLong(ReadOnlySpan<byte> key, ulong value);

    /// <summary>Takes a record that must be encoded first.</summary>
    private protected abstract void EmitCoded(TKey key, TValue value);

    /// <summary>Empties the batch.</summary>
    private protected abstract void Flush();

    void IDisposable.Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private protected virtual void Release()
    {
        NativeMemory.AlignedFree(Batch);
        Batch = BatchNext = null;
    }
}
