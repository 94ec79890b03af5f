namespace MapReduce.Input;

/// <summary>Goes through the lines of a block: each without its end (LF or CRLF), the first of a file without a byte-order mark.</summary>
internal struct LineCursor(LineBlock block)
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private int _next;

    public readonly bool IsAtEnd => _next >= block.Length;

    /// <summary>Where the line begins in the content, its byte-order mark included.</summary>
    public long Offset { get; private set; }

    public Utf8Text Next()
    {
        var rest = block.Span[_next..];
        var end = rest.IndexOf((byte)'\n');
        var length = end < 0 ? rest.Length : end;
        var start = block.Start + _next;
        Offset = block.Offset + _next;
        _next += end < 0 ? length : length + 1;
        if (length > 0 && rest[length - 1] == '\r') length--;
        var skipped = Offset == 0 && rest[..length].StartsWith(Mark) ? Mark.Length : 0;
        return new Utf8Text(block.Buffer, start + skipped, length - skipped);
    }
}
