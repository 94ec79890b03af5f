using System.Runtime.CompilerServices;
using MapReduce.Protocol;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>One part of a text output: <c>key TAB value LF</c>, or the one alone when the other is nothing.</summary>
internal sealed class TextPart<TKey, TValue> : Writer<TKey, TValue>, IDisposable
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private const int FirstCapacity = 4 << 10, WriteSize = 256 << 10;
    private readonly IFileWriter _file;
    private readonly string _name;
    private readonly Workspace _workspace;
    private readonly TextFormatter<TKey> _keys = TextFormatter.For<TKey>();
    private readonly TextFormatter<TValue> _values = TextFormatter.For<TValue>();
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(FirstCapacity);
    private int _used;
    private uint _crc;

    public TextPart(IFileWriter file, string name, Workspace workspace) => (_file, _name, _workspace) = (file, name, workspace);

    /// <summary>Records written so far.</summary>
    public long Records { get; private set; }

    /// <summary>Bytes written so far.</summary>
    public long Bytes => _file.Length + _used;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Write(TKey key, TValue value)
    {
        int end;
        while ((end = TryWrite(key, value)) < 0) MakeRoom();
        _used = end;
        Records++;
    }

    /// <summary>Writes what is left and says what the part is.</summary>
    public OutputFile Complete()
    {
        Flush();
        return new OutputFile(_name, _file.Length, Records, _crc);
    }

    public void Dispose() => _file.Dispose();

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
        if (_used > 0 && _buffer.Length >= WriteSize)
        {
            Flush();
            return;
        }

        // The part is not a small one, or an empty buffer that is too small meets a record larger than all before.
        if (_buffer.Length == Array.MaxLength) throw new InvalidDataException($"A record of '{_name}' is larger than {Array.MaxLength} bytes as text: write it in pieces.");
        var larger = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(_buffer.Length * 2L, WriteSize, Array.MaxLength), pinned: true);
        _buffer.AsSpan(0, _used).CopyTo(larger);
        _buffer = larger;
    }

    private void Flush()
    {
        // A mapper or reducer may have caught the failure of an earlier write, whose record is lost.
        _workspace.Fault.Rethrow();
        try
        {
            _workspace.Cancellation.ThrowIfCancellationRequested();
            var bytes = _buffer.AsSpan(0, _used);
            _file.Write(bytes);
            _crc = Storage.Crc32C.Compute(bytes, _crc);
            _used = 0;
        }
        catch (Exception error) when (_workspace.Fault.Note(error))
        {
            throw;
        }
    }
}
