namespace MapReduce.Input;

/// <summary>Goes through the lines of a block: each without its end (LF or CRLF), the first of a file without a byte-order mark, which alone is no line.</summary>
internal struct LineCursor
{
    private readonly LineBlock _block;
    private readonly int _first;
    private int _next;

    public LineCursor(LineBlock block)
    {
        _block = block;
        _next = _first = block.Offset == 0 && block.Span.StartsWith(Mark) ? Mark.Length : 0;
    }

    public readonly bool IsAtEnd => _next >= _block.Length;

    /// <summary>Where the line begins in the content, its byte-order mark included.</summary>
    public long Offset { get; private set; }

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    public Utf8Text Next()
    {
        var rest = _block.Span[_next..];
        var end = rest.IndexOf((byte)'\n');
        var length = end < 0 ? rest.Length : end;
        var start = _block.Start + _next;
        Offset = _block.Offset + (_next == _first ? 0 : _next);
        _next += end < 0 ? length : length + 1;
        if (length > 0 && rest[length - 1] == '\r') length--;
        return new Utf8Text(_block.Buffer, start, length);
    }
}
