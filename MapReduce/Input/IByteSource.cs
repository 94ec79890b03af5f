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
    /// <summary>Where the next byte comes from.</summary>
    public long Offset { get; set; } = offset;

    public long BytesRead { get; private set; }

    public int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, range.FileLength - Offset);
        var read = file.Read(buffer[..wanted], Offset);
        if (read < wanted)
            throw new InputException($"Input '{range.Path}' ends at {Offset + read} bytes, but had {range.FileLength} when the job was planned: it was truncated while it was read. Run the job again when nothing writes to it.");
        Offset += read;
        BytesRead += read;
        return read;
    }

    public void Dispose() => file.Dispose();
}
