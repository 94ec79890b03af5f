using System.Runtime.CompilerServices;

namespace MapReduce.Output;

/// <summary>One part of a text output: <c>key TAB value LF</c>, or the one alone when the other is nothing.</summary>
/// <param name="sink">Where it goes.</param>
/// <param name="writeSize">Bytes that are written at once, and so held back: few where a task has many files.</param>
/// <param name="skipsEmpty">True when there is to be no file without records.</param>
internal sealed class TextPart<TKey, TValue>(OutputSink sink, int writeSize, bool skipsEmpty) : PartWriter<TKey, TValue>(sink, skipsEmpty)
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private const int FirstCapacity = 4 << 10;
    private readonly TextFormatter<TKey> _keys = TextFormatter.For<TKey>();
    private readonly TextFormatter<TValue> _values = TextFormatter.For<TValue>();
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(FirstCapacity);
    private int _used;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Write(TKey key, TValue value)
    {
        int end;
        while ((end = TryWrite(key, value)) < 0) MakeRoom();
        _used = end;
        Records++;
    }

    protected override void Flush()
    {
        Sink.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    protected override void Forget() => _used = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TryWrite(TKey key, TValue value)
    {
        var to = _buffer.AsSpan(_used);
        var at = 0;
        if (typeof(TKey) != typeof(NoValue))
        {
            at = typeof(TKey) == typeof(ReadOnlySpan<byte>)
                ? TextFormatter.TryCopy(Unsafe.As<TKey, ReadOnlySpan<byte>>(ref key), to)
                : _keys.TryWrite(key, to);
            if (at < 0) return -1;
        }

        if (typeof(TKey) != typeof(NoValue) && typeof(TValue) != typeof(NoValue))
        {
            if (at == to.Length) return -1;
            to[at++] = (byte)'\t';
        }

        if (typeof(TValue) != typeof(NoValue))
        {
            var written = _values.TryWrite(value, to[at..]);
            if (written < 0) return -1;
            at += written;
        }

        if (at == to.Length) return -1;
        to[at] = (byte)'\n';
        return _used + at + 1;
    }

    private void MakeRoom()
    {
        if (_used > 0 && _buffer.Length >= writeSize)
        {
            Flush();
            return;
        }

        // The part is not a small one, or an empty buffer that is too small meets a record larger than all before.
        if (_buffer.Length == Array.MaxLength) throw new InvalidDataException($"A record of '{Sink.Name}' is larger than {Array.MaxLength} bytes as text: write it in pieces.");
        var larger = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(_buffer.Length * 2L, writeSize, Array.MaxLength), pinned: true);
        _buffer.AsSpan(0, _used).CopyTo(larger);
        _buffer = larger;
    }
}
