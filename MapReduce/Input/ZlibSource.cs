using System.Buffers.Binary;
using System.IO.Compression;
using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>A .deflate file, which is one zlib stream (RFC 1950). Its last four bytes are the checksum of its content.</summary>
internal sealed class ZlibSource : DecompressedSource
{
    private readonly IFileReader _file;
    private readonly FileReaderStream _compressed;
    private readonly ZLibStream _content;
    private Adler32 _checksum = new();

    public ZlibSource(IFileReader file, string path)
        : base(file, path)
    {
        _file = file;
        _compressed = new FileReaderStream(file, default);
        _content = new ZLibStream(new BufferedStream(_compressed, 256 << 10), CompressionMode.Decompress);
    }

    public override long BytesRead => _compressed.Position;

    public override void Dispose()
    {
        _content.Dispose();
        base.Dispose();
    }

    protected override int Decompress(Span<byte> buffer)
    {
        var read = _content.Read(buffer);
        _checksum.Add(buffer[..read]);
        if (read > 0) return read;
        Span<byte> last = stackalloc byte[sizeof(uint)];
        if (_file.Read(last, Math.Max(0, _file.Length - last.Length)) < last.Length || BinaryPrimitives.ReadUInt32BigEndian(last) != _checksum.Value)
            throw new InvalidDataException("The file does not end with the checksum of its content.");
        return 0;
    }
}
