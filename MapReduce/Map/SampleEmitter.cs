using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Keeps the keys that a mapper emits, for the range boundaries of a total order.</summary>
internal sealed class SampleEmitter<TKey, TKeyCodec, TValue> : Emitter<TKey, TValue>, IStage
    where TKey : allows ref struct
    where TKeyCodec : struct, ICodec<TKey>
    where TValue : allows ref struct
{
    private readonly List<byte[]> _keys = [];
    private int _kept;

    public SampleEmitter() : base(batches: false) { }

    /// <summary>The keys in order.</summary>
    public IReadOnlyList<byte[]> Sorted()
    {
        _keys.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        return _keys;
    }

    public void Keep() => _kept = _keys.Count;

    public void Drop() => _keys.RemoveRange(_kept, _keys.Count - _kept);

    private protected override void EmitLong(ReadOnlySpan<byte> key, ulong value) => _keys.Add(key.ToArray());

    private protected override void EmitCoded(TKey key, TValue value)
    {
        var encoded = new byte[TKeyCodec.MaxLength(key)];
        _keys.Add(encoded.AsSpan(0, TKeyCodec.Encode(key, encoded)).ToArray());
    }

    private protected override void Flush() { }
}
