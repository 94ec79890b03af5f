using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>A file, and perhaps some more bytes behind it, as a stream for a decompressor.</summary>
internal sealed class FileReaderStream(IFileReader file, ReadOnlyMemory<byte> suffix) : ReadOnlyStream
{
    private int _suffixRead;

    public override long Length => file.Length;

    /// <summary>Bytes read from the file, the suffix not counted.</summary>
    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var read = file.Read(buffer, Position);
        Position += read;
        return read > 0 ? read : ReadSuffix(buffer);
    }

    private int ReadSuffix(Span<byte> buffer)
    {
        var read = Math.Min(buffer.Length, suffix.Length - _suffixRead);
        suffix.Span.Slice(_suffixRead, read).CopyTo(buffer);
        _suffixRead += read;
        return read;
    }
}
