using System.Runtime.CompilerServices;

namespace MapReduce.Streaming;

/// <summary>The lines of a block for <c>foreach</c>, without their LF; a CR before it belongs to the line.</summary>
internal ref struct StreamLines(ReadOnlySpan<byte> block)
{
    private ReadOnlySpan<byte> _rest = block;

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly StreamLines GetEnumerator() => this;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        var end = _rest.IndexOf((byte)'\n');
        Current = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return true;
    }
}
