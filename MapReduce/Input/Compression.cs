using System.IO.Compression;
using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>Knows compressed inputs by the ends of their names.</summary>
internal static class Compression
{
    /// <summary>True for a file that is read through a decompressor, and so cannot be split.</summary>
    public static bool IsCompressed(string path) => Path.GetExtension(path) is ".gz" or ".br" or ".deflate";

    /// <summary>The decompressed content.</summary>
    public static Stream Open(string path, Stream compressed) => Path.GetExtension(path) switch
    {
        ".gz" => new GZipStream(compressed, CompressionMode.Decompress),
        ".br" => new BrotliStream(compressed, CompressionMode.Decompress),
        _ => new ZLibStream(compressed, CompressionMode.Decompress),
    };
}

/// <summary>A file as a stream, for the decompressors; counts what was read.</summary>
internal sealed class FileReaderStream(IFileReader file) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var read = file.Read(buffer, Position);
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }
}
