using System.Text;

namespace MapReduce.Input;

/// <summary>Text from its start, as UTF-8: what begins with the byte-order mark of UTF-16 or UTF-32 is transcoded, all else passes.</summary>
internal sealed class Utf8Source(IByteSource inner, string path) : IByteSource
{
    private byte[] _bytes = [], _output = [];
    private char[] _chars = [];
    private int _start, _end;
    private bool _isKnown, _isAtEnd;
    private Decoder? _decoder;
    private Encoder? _encoder;

    public long BytesRead => inner.BytesRead;

    public int Read(Span<byte> buffer)
    {
        if (!_isKnown) Begin();
        var total = 0;
        while (total < buffer.Length && (_start < _end || Fill()))
        {
            var some = Math.Min(buffer.Length - total, _end - _start);
            _output.AsSpan(_start, some).CopyTo(buffer[total..]);
            _start += some;
            total += some;
        }

        // What was read to know the encoding has gone before.
        return _decoder is null && total < buffer.Length ? total + inner.Read(buffer[total..]) : total;
    }

    public void Dispose() => inner.Dispose();

    private void Begin()
    {
        _isKnown = true;
        _output = new byte[ByteOrderMark.Longest];
        _end = inner.Read(_output);
        if (ByteOrderMark.Find(_output.AsSpan(0, _end)) is not { } encoding) return;
        _decoder = encoding.GetDecoder();
        _encoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetEncoder();
        _bytes = new byte[64 << 10];
        _chars = new char[encoding.GetMaxCharCount(_bytes.Length)];
        var first = _output.AsSpan(encoding.Preamble.Length, _end - encoding.Preamble.Length).ToArray();
        _output = new byte[Encoding.UTF8.GetMaxByteCount(_chars.Length)];
        _start = _end = 0;
        Transcode(first);
    }

    private bool Fill()
    {
        while (_decoder is not null && !_isAtEnd && _start == _end)
        {
            var read = inner.Read(_bytes);
            _isAtEnd = read == 0;
            Transcode(_bytes.AsSpan(0, read));
        }

        return _start < _end;
    }

    private void Transcode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var chars = _decoder!.GetChars(bytes, _chars, flush: _isAtEnd);
            (_start, _end) = (0, _encoder!.GetBytes(_chars.AsSpan(0, chars), _output, flush: _isAtEnd));
        }
        catch (ArgumentException invalid) when (invalid is DecoderFallbackException or EncoderFallbackException)
        {
            throw new InputException($"Input '{path}' begins as UTF-16 or UTF-32 text and is none before byte {BytesRead}: {invalid.Message} Replace the file, or remove its byte-order mark if it has another encoding.", invalid);
        }
    }
}
