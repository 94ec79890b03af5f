namespace MapReduce.Storage;

/// <summary>A file that keeps nothing but its length.</summary>
internal sealed class NullWriter : IFileWriter
{
    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes) => Length += bytes.Length;

    public void Sync() { }

    public void Dispose() { }
}
