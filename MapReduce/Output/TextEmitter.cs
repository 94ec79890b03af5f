using MapReduce.Counters;
using MapReduce.Map;

namespace MapReduce.Output;

/// <summary>Writes what a map-only task emits straight to its part.</summary>
internal sealed class TextEmitter<TKey, TValue>(TextPart<TKey, TValue> part, AttemptCounters counters) : Emitter<TKey, TValue>(batches: false)
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private protected override void EmitLong(ReadOnlySpan<byte> key, ulong value)
    {
        // Only keys that are bytes as they stand come this way.
        if (typeof(TKey) == typeof(ReadOnlySpan<byte>))
        {
            var bytes = key;
            EmitCoded(System.Runtime.CompilerServices.Unsafe.As<ReadOnlySpan<byte>, TKey>(ref bytes), ValueBits.Unpack<TValue>(value));
            return;
        }

        var text = new Utf8Text(key.ToArray());
        EmitCoded(System.Runtime.CompilerServices.Unsafe.As<Utf8Text, TKey>(ref text), ValueBits.Unpack<TValue>(value));
    }

    private protected override void EmitCoded(TKey key, TValue value)
    {
        counters.MapOutputRecords++;
        part.Write(key, value);
    }

    private protected override void Flush() { }
}
