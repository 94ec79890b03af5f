namespace MapReduce.Streaming;

/// <summary>Writes records to a program as lines, through a buffer of its own.</summary>
internal sealed class RecordFeed(FilterProcess process)
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(256 << 10);
    private int _used;

    public void Write(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Write(key);
        Write(value);
        Write("\n"u8);
    }

    public void Flush()
    {
        process.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _used)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                process.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }
}
