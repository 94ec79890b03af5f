using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Reduce;

/// <summary>
/// The values of a key's left side, to be gone through for each value of its right side: in memory as far as they fit, the rest in a
/// file of the attempt. One object serves the whole task.
/// </summary>
internal abstract class LeftValues<T>
{
    /// <summary>True when the key has none.</summary>
    public abstract bool IsEmpty { get; }

    public abstract void Add(T value);

    /// <summary>The first of them.</summary>
    public abstract ReadOnlySpan<T> InMemory { get; }

    /// <summary>The others, read from the file as often as asked for. No more may be added before <see cref="Clear"/>.</summary>
    public abstract IEnumerable<T> Spilled();

    /// <summary>Forgets them, for the next key.</summary>
    public abstract void Clear();

    /// <exception cref="NotSupportedException">The type has no codec.</exception>
    public static LeftValues<T> Create(Workspace workspace) => Codec.For<T>().Accept(new Visitor(workspace));

    private sealed class Visitor(Workspace workspace) : ICodecVisitor<T, LeftValues<T>>
    {
        public LeftValues<T> Visit<TCodec>()
            where TCodec : struct, ICodec<T> => new LeftValues<T, TCodec>(workspace);
    }
}

/// <inheritdoc/>
[SuppressMessage("Design", "CA1001", Justification = "Clear, with which every key ends, disposes it.")]
internal sealed unsafe class LeftValues<T, TCodec>(Workspace workspace) : LeftValues<T>
    where TCodec : struct, ICodec<T>
{
    // Of an object beside its data, and its place in the list.
    private const int Overhead = 64;

    // The merge below has half of the task's memory, and an object is larger than its bytes.
    private readonly long _budget = workspace.Memory / 8;
    private readonly List<T> _values = [];
    private long _used;
    private byte[] _encoded = [];
    private string _path = "";
    private RunWriter? _writer;
    private RunSegment? _file;

    public override bool IsEmpty => _values.Count == 0;

    public override ReadOnlySpan<T> InMemory => CollectionsMarshal.AsSpan(_values);

    public override void Add(T value)
    {
        var most = TCodec.MaxLength(value);
        if (_writer is null && _used < _budget)
        {
            _used += most + Overhead;
            _values.Add(value);
            return;
        }

        if (_writer is null) Begin();
        if (_encoded.Length < most) _encoded = new byte[Math.Max(most, 256)];
        var length = TCodec.Encode(value, _encoded);
        fixed (byte* bytes = _encoded) _writer!.Append(bytes, 0, bytes, length);
    }

    public override IEnumerable<T> Spilled()
    {
        if (_writer is not null) End();
        return _file is null ? [] : Read(_file);
    }

    public override void Clear()
    {
        _values.Clear();
        _used = 0;
        if (_path.Length == 0) return;
        _writer?.Dispose();
        workspace.Files.Delete(_path);
        (_writer, _file, _path) = (null, null, "");
    }

    private void Begin()
    {
        _path = workspace.NewRunPath();
        _writer = new RunWriter(workspace, _path);
        _writer.BeginPartition(0, isSorted: false);
    }

    private void End()
    {
        _writer!.EndPartition();
        _file = _writer.Complete().Find(0);
        _writer.Dispose();
        _writer = null;
    }

    private IEnumerable<T> Read(RunSegment file)
    {
        using var reader = workspace.Read(_path, file.Offset, file.Length, file.Records);
        while (reader.MoveNext()) yield return TCodec.Decode(reader.ValueSpan);
    }
}
