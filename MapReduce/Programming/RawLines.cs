using System.Runtime.CompilerServices;

namespace MapReduce;

/// <summary>
/// The lines of a block for <c>foreach</c>, without their LF, for an <see cref="IBlockMapper{TKey, TValue}"/>. A CR before it belongs to
/// the line, as for GNU tools.
/// </summary>
/// <param name="block">Whole lines.</param>
public ref struct RawLines(ReadOnlySpan<byte> block)
{
    private ReadOnlySpan<byte> _rest = block;

    /// <summary>The line.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public readonly RawLines GetEnumerator() => this;

    /// <summary>Goes to the next line.</summary>
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
