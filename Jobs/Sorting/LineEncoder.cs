using System.Runtime.CompilerServices;

namespace MapReduce.Jobs.Sorting;

/// <summary>Encodes lines as bytes whose order is the wanted order. Keeps its buffer between calls: what it returns is valid until the next.</summary>
internal sealed class LineEncoder(LineOrder order)
{
    private byte[] _buffer = new byte[256];

    /// <summary>The line's key alone: lines with equal keys encode to equal bytes.</summary>
    public ReadOnlySpan<byte> Key(ReadOnlySpan<byte> line)
    {
        MakeRoom(line.Length);
        var length = WriteKey(line);
        if (order.IsReverse) OrderedText.Invert(_buffer.AsSpan(0, length));
        return _buffer.AsSpan(0, length);
    }

    /// <summary>The line's key, and then the line, which orders lines with equal keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<byte> KeyAndLine(ReadOnlySpan<byte> line)
    {
        MakeRoom(line.Length);
        var length = order.IsWholeLine ? 0 : WriteKey(line);
        if (!order.IsReverse)
        {
            // What comes last needs no end of its own: it may be the bytes as they are.
            line.CopyTo(_buffer.AsSpan(length));
            return _buffer.AsSpan(0, length + line.Length);
        }

        length += OrderedText.Write(line, _buffer.AsSpan(length));
        OrderedText.Invert(_buffer.AsSpan(0, length));
        return _buffer.AsSpan(0, length);
    }

    /// <summary>The line that <see cref="KeyAndLine"/> encoded.</summary>
    public ReadOnlySpan<byte> LineAtEndOf(ReadOnlySpan<byte> encoded, int length)
    {
        if (!order.IsReverse) return encoded[^length..];
        MakeRoom(length);
        var line = _buffer.AsSpan(0, length);
        encoded[^(length + 1)..^1].CopyTo(line);
        OrderedText.Invert(line);
        OrderedText.Restore(line);
        return line;
    }

    private int WriteKey(ReadOnlySpan<byte> line)
    {
        var key = order.Fields is { } fields ? fields.Of(line) : line;
        return order.IsNumeric ? OrderedNumber.Write(key, _buffer) : OrderedText.Write(key, _buffer);
    }

    private void MakeRoom(int length)
    {
        var most = checked((2 * length) + OrderedNumber.MostOverhead + 1);
        if (_buffer.Length < most) _buffer = new byte[Math.Max(most, _buffer.Length * 2)];
    }
}
