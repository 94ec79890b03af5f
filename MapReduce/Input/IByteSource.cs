using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>The bytes of an input from some offset on, in order.</summary>
internal interface IByteSource : IDisposable
{
    /// <summary>Reads the next bytes; fewer than asked for only at the end.</summary>
    int Read(Span<byte> buffer);

    /// <summary>Bytes taken from disk so far.</summary>
    long BytesRead { get; }
}

/// <summary>A file as it stands.</summary>
internal sealed class PlainSource(IFileReader file, FileRange range, long offset) : IByteSource
{
    private long _offset = offset;

    public long BytesRead { get; private set; }

    public int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, range.FileLength - _offset);
        var read = file.Read(buffer[..wanted], _offset);
        if (read < wanted)
            throw new InputException($"Input '{range.Path}' ends at {_offset + read} bytes, but had {range.FileLength} when the job was planned: it was truncated while it was read. Run the job again when nothing writes to it.");
        _offset += read;
        BytesRead += read;
        return read;
    }

    public void Dispose() => file.Dispose();
}
