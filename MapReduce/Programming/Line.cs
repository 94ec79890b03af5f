using System.Text;

namespace MapReduce;

/// <summary>A line of input, without its end (LF or CRLF). Valid only during the call that gave it.</summary>
public readonly struct Line
{
    private readonly byte[] _buffer;
    private readonly ulong _place;

    internal Line(byte[] buffer, int offset, int length) => (_buffer, _place) = (buffer, (uint)offset | ((ulong)(uint)length << 32));

    /// <summary>The line as UTF-8, without a copy.</summary>
    public Utf8Text Utf8 => new(_buffer, (int)(uint)_place, (int)(_place >> 32));

    /// <summary>The line as a string; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(_buffer, (int)(uint)_place, (int)(_place >> 32));

    /// <summary>The line's words as UTF-8, without a string each: its runs of bytes other than ASCII white space.</summary>
    public Sequence<Utf8Text> Words() => new WordSequence(_buffer, (int)(uint)_place, (int)(_place >> 32));
}
