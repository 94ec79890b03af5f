namespace Bench.Checking;

/// <summary>Sees a line without its line feed; may change its bytes.</summary>
internal delegate void LineAction(Span<byte> line);

/// <summary>Reads a file line by line without decoding it.</summary>
internal static class LineReader
{
    public static void Read(string path, LineAction action)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = new byte[1 << 20];
        int have = 0;
        for (long offset = 0; ;)
        {
            if (have == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            int read = RandomAccess.Read(file, buffer.AsSpan(have), offset);
            if (read == 0) break;
            offset += read;
            have += read;
            var rest = buffer.AsSpan(0, have);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..]) action(rest[..end]);
            rest.CopyTo(buffer);
            have = rest.Length;
        }

        if (have > 0) action(buffer.AsSpan(0, have));
    }
}
