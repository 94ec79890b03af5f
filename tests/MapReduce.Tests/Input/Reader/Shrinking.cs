using MapReduce.Storage;

namespace MapReduce.Tests.Input.Reader;

/// <summary>Looks whole, but ends in the middle.</summary>
internal sealed class Shrinking(byte[] content) : IFileReader
{
    public long Length => content.Length;

    public int Read(Span<byte> buffer, long offset)
    {
        var rest = content.AsSpan((int)Math.Min(offset, content.Length / 2)..(content.Length / 2));
        rest = rest[..Math.Min(rest.Length, buffer.Length)];
        rest.CopyTo(buffer);
        return rest.Length;
    }

    public void Dispose()
    {
    }
}
