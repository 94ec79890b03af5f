namespace MapReduce.Streaming;

/// <summary>Writes records to a program as lines, through a buffer of its own.</summary>
internal sealed class RecordFeed(FilterProcess process)
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(256 << 10);
    private int _used;

    /// <summary>Writes a record so many times.</summary>
    public void Write(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int count)
    {
        var length = (long)key.Length + value.Length + 1;
        for (var left = count; left > 0;)
        {
            if (length > _buffer.Length - _used) Flush();
            if (length > _buffer.Length)
            {
                process.Write(key);
                process.Write(value);
                process.Write("\n"u8);
                left--;
            }
            else
            {
                left -= Fill(key, value, left);
            }
        }
    }

    public void Flush()
    {
        process.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    // As many as there is room for, each time twice as many as there are.
    private int Fill(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int count)
    {
        var room = _buffer.AsSpan(_used);
        var length = key.Length + value.Length + 1;
        key.CopyTo(room);
        value.CopyTo(room[key.Length..]);
        room[length - 1] = (byte)'\n';
        var fits = Math.Min(count, room.Length / length);
        for (int done = 1, more; done < fits; done += more)
        {
            more = Math.Min(done, fits - done);
            room[..(more * length)].CopyTo(room[(done * length)..]);
        }

        _used += fits * length;
        return fits;
    }
}
