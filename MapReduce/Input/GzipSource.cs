using System.IO.Compression;
using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>
/// A gzip file of one or more members. Behind the file's end the decompressor is given two more members, which it reads only
/// if the last of the file is whole: if the content does not end with theirs, the file was truncated.
/// </summary>
internal sealed class GzipSource : DecompressedSource
{
    // Two members: one might by chance be decoded as part of a truncated member, but not two without anything in between.
    private static readonly byte[] FirstMark = [0x9C, 0x1F, 0xE3, 0x72, 0x05, 0xBA, 0x48, 0xD1], SecondMark = [0x37, 0xF0, 0x8E, 0x61, 0xAC, 0x13, 0xD9, 0x54];
    private static readonly byte[] Mark = [.. FirstMark, .. SecondMark];
    private static readonly byte[] MarkMembers = [.. Member(FirstMark), .. Member(SecondMark)];

    private readonly FileReaderStream _compressed;
    private readonly GZipStream _content;

    // What comes next; its last bytes may be the mark, so that as many are kept back until more follow.
    private readonly byte[] _next = new byte[(64 << 10) + Mark.Length];
    private int _start, _end;
    private bool _isDone;

    public GzipSource(IFileReader file, string path)
        : base(file, path)
    {
        _compressed = new FileReaderStream(file, MarkMembers);
        _content = new GZipStream(new BufferedStream(_compressed, 256 << 10), CompressionMode.Decompress);
    }

    public override long BytesRead => _compressed.Position;

    public override void Dispose()
    {
        _content.Dispose();
        base.Dispose();
    }

    protected override int Decompress(Span<byte> buffer)
    {
        while (!_isDone && _end - _start <= Mark.Length) Fill();
        var length = Math.Min(buffer.Length, _end - _start - (_isDone ? 0 : Mark.Length));
        _next.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    private void Fill()
    {
        _next.AsSpan(_start, _end - _start).CopyTo(_next);
        (_start, _end) = (0, _end - _start);
        var read = _content.Read(_next.AsSpan(_end));
        _end += read;
        if (read > 0) return;
        if (!_next.AsSpan(0, _end).EndsWith(Mark)) throw new InvalidDataException("The last member is not whole, or something other than gzip follows it.");
        _end -= Mark.Length;
        _isDone = true;
    }

    private static byte[] Member(byte[] content)
    {
        var member = new MemoryStream();
        using (var stream = new GZipStream(member, CompressionLevel.Optimal)) stream.Write(content);
        return member.ToArray();
    }
}
