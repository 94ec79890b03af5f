namespace MapReduce.Input;

/// <summary>Content as a stream, for those who read it their own way.</summary>
internal sealed class ByteSourceStream(IByteSource source) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer) => source.Read(buffer);
}
