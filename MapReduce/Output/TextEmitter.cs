using MapReduce.Counters;
using MapReduce.Map;

namespace MapReduce.Output;

/// <summary>Writes what a map-only task emits straight to its part.</summary>
internal sealed class TextEmitter<TKey, TValue>(TextPart<TKey, TValue> part, AttemptCounters counters) : Emitter<TKey, TValue>(batches: false)
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private byte[] _key = new byte[256];

    private protected override void EmitLong(ReadOnlySpan<byte> key, ulong value)
    {
        // Only keys that are bytes as they stand come this way.
        if (typeof(TKey) == typeof(ReadOnlySpan<byte>))
        {
            var bytes = key;
            EmitCoded(System.Runtime.CompilerServices.Unsafe.As<ReadOnlySpan<byte>, TKey>(ref bytes), ValueBits.Unpack<TValue>(value));
            return;
        }

        // A text needs an array under it; the part has copied it by the time that the next comes.
        if (_key.Length < key.Length) _key = new byte[Math.Max(key.Length, _key.Length * 2)];
        key.CopyTo(_key);
        var text = new Utf8Text(_key, 0, key.Length);
        EmitCoded(System.Runtime.CompilerServices.Unsafe.As<Utf8Text, TKey>(ref text), ValueBits.Unpack<TValue>(value));
    }

    private protected override void EmitCoded(TKey key, TValue value)
    {
        counters.MapOutputRecords++;
        part.Write(key, value);
    }

    private protected override void Flush() { }
}
