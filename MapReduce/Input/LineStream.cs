namespace MapReduce.Input;

/// <summary>The lines of a range as a stream, with something before them.</summary>
internal sealed class LineStream : ReadOnlyStream
{
    private readonly LineBlockReader _lines;
    private LineBlock? _next;
    private ReadOnlyMemory<byte> _rest;

    public LineStream(ReadOnlyMemory<byte> before, LineBlockReader lines)
    {
        (_lines, _rest, _next) = (lines, before, lines.Read());
        Offset = (_next?.Offset ?? 0) - before.Length;
    }

    /// <summary>How far a line is in the content from where it is in the stream.</summary>
    public long Offset { get; }

    public override int Read(Span<byte> buffer)
    {
        if (_rest.Length == 0)
        {
            // The block before it is gone by then.
            if ((_next ?? _lines.Read()) is not { } block) return 0;
            (_rest, _next) = (block.Buffer.AsMemory(block.Start, block.Length), null);
        }

        var some = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..some].CopyTo(buffer);
        _rest = _rest[some..];
        return some;
    }
}
