using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>
/// A compressed file, decompressed. The decompressing streams of .NET take the end of a truncated file for the end of its
/// content; each source has its own way to find out, so that no data can be missing without an error.
/// </summary>
internal abstract class DecompressedSource(IFileReader file, string path) : IByteSource
{
    private long _produced;

    public abstract long BytesRead { get; }

    public int Read(Span<byte> buffer)
    {
        // An empty file is empty content, although no compressor writes one.
        if (file.Length == 0) return 0;
        var total = 0;
        try
        {
            while (total < buffer.Length && Decompress(buffer[total..]) is var read and > 0)
            {
                total += read;
                _produced += read;
            }
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            throw new InputException($"Compressed input '{path}' is corrupt or truncated near offset {BytesRead} of {file.Length} (after {_produced} bytes of content): {error.Message} Replace it, or test it with the tool that made it.", error);
        }

        return total;
    }

    public virtual void Dispose()
    {
        file.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Some of the next bytes; 0 only when the content has come to its proper end.</summary>
    /// <exception cref="InvalidDataException">The file is corrupt, ends too early, or goes on after the end of the content.</exception>
    protected abstract int Decompress(Span<byte> buffer);
}
