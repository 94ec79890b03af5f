using System.Runtime.CompilerServices;

namespace MapReduce.Map;

/// <summary>Takes each record at once, its key as it was emitted: for what neither sorts nor folds.</summary>
internal abstract class DirectEmitter<TKey, TValue>() : Emitter<TKey, TValue>(batches: false)
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
            EmitCoded(Unsafe.As<ReadOnlySpan<byte>, TKey>(ref bytes), ValueBits.Unpack<TValue>(value));
            return;
        }

        // A text needs an array under it; whoever takes it has copied it by the time that the next comes.
        if (_key.Length < key.Length) _key = new byte[Math.Max(key.Length, _key.Length * 2)];
        key.CopyTo(_key);
        var text = new Utf8Text(_key, 0, key.Length);
        EmitCoded(Unsafe.As<Utf8Text, TKey>(ref text), ValueBits.Unpack<TValue>(value));
    }

    private protected override void Flush() { }
}
