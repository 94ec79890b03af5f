using System.Buffers;
using System.IO.Compression;
using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>A Brotli file. Uses the decoder itself, which says when the stream has come to its end.</summary>
internal sealed class BrotliSource(IFileReader file, string path) : DecompressedSource(file, path)
{
    private readonly IFileReader _file = file;
    private readonly byte[] _input = new byte[256 << 10];
    private BrotliDecoder _decoder;
    private int _start, _end;
    private long _position;

    public override long BytesRead => _position;

    public override void Dispose()
    {
        _decoder.Dispose();
        base.Dispose();
    }

    protected override int Decompress(Span<byte> buffer)
    {
        while (true)
        {
            var status = _decoder.Decompress(_input.AsSpan(_start, _end - _start), buffer, out var consumed, out var written);
            _start += consumed;
            if (status == OperationStatus.InvalidData) throw new InvalidDataException("The bytes are not a Brotli stream.");
            if (written > 0) return written;
            if (status == OperationStatus.Done) return AtEnd();
            if (!Fill()) throw new InvalidDataException("The file ends within the stream.");
        }
    }

    private int AtEnd() => _start == _end && !Fill() ? 0 : throw new InvalidDataException("Something follows the end of the stream.");

    private bool Fill()
    {
        // What the decoder did not take yet must be in front of what follows.
        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        (_start, _end) = (0, _end - _start);
        var read = _file.Read(_input.AsSpan(_end), _position);
        _position += read;
        _end += read;
        return read > 0;
    }
}
