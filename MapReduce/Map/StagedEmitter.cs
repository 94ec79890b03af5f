using MapReduce.Memory;
using MapReduce.Serialization;

namespace MapReduce.Map;

/// <summary>What a mapper emits for a record, until it is known that the record is good.</summary>
internal interface IStage
{
    /// <summary>Passes on what was emitted since the last time.</summary>
    void Keep();

    /// <summary>Forgets what was emitted since the last time.</summary>
    void Drop();
}

/// <summary>Holds what a mapper emits as bytes, and passes it on when it stands.</summary>
internal sealed class StagedEmitter<TKey, TKeyCodec, TValue, TValueCodec>(Emitter<TKey, TValue> target) : Emitter<TKey, TValue>(batches: false), IStage
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
        _lengths.Add((key, length));
        _used += key + length;
    }

    private void Reserve(int length)
    {
        if (length > Array.MaxLength - _used) throw new InvalidDataException($"A record emits more than {Array.MaxLength} bytes.");
        if (length > _bytes.Length - _used) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_used + (long)length, _bytes.Length * 2L)));
    }
}

/// <summary>Finds the codecs of a stage.</summary>
internal static class StagedEmitter
{
    /// <exception cref="NotSupportedException">There is no codec for the key's or the value's type.</exception>
    public static Emitter<TKey, TValue> Before<TKey, TValue>(Emitter<TKey, TValue> target)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        Codec.For<TKey>().Accept(new KeyVisitor<TKey, TValue>(target));

    private sealed class KeyVisitor<TKey, TValue>(Emitter<TKey, TValue> target) : ICodecVisitor<TKey, Emitter<TKey, TValue>>
        where TKey : allows ref struct
        where TValue : allows ref struct
    {
        public Emitter<TKey, TValue> Visit<TKeyCodec>()
            where TKeyCodec : struct, ICodec<TKey> =>
            Codec.For<TValue>().Accept(new ValueVisitor<TKey, TKeyCodec, TValue>(target));
    }

    private sealed class ValueVisitor<TKey, TKeyCodec, TValue>(Emitter<TKey, TValue> target) : ICodecVisitor<TValue, Emitter<TKey, TValue>>
        where TKey : allows ref struct
        where TKeyCodec : struct, ICodec<TKey>
        where TValue : allows ref struct
    {
        public Emitter<TKey, TValue> Visit<TValueCodec>()
            where TValueCodec : struct, ICodec<TValue> =>
            new StagedEmitter<TKey, TKeyCodec, TValue, TValueCodec>(target);
    }
}
