using System.Numerics;
using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>
/// Reads the lines that begin in a range of a file, in blocks of whole lines. A line ends with LF. The one that the range begins
/// within belongs to the range before; the one that it ends within is read to its end.
/// </summary>
internal sealed class LineBlockReader : IDisposable
{
    private const int ReadSize = 512 << 10;
    private const int RoomInFront = 64 << 10;
    private const int LikelyLine = 4 << 10;
    private const int Slack = 64;
    private const int LongestLine = 1 << 29;

    private readonly FileRange _range;
    private readonly IByteSource _source;
    private readonly long _limit;
    private readonly LineBuffer _lines;
    private readonly int _readSize, _roomInFront;
    private byte[] _buffer;
    private int _readAt, _carryStart, _carryLength;
    private long _carryOffset;
    private bool _skipsFirst, _isDone;

    /// <exception cref="InputException">The file is gone, or is not what it was when the job was planned.</exception>
    public LineBlockReader(IFileSystem files, FileRange range, LineBuffer lines)
    {
        (_range, _lines) = (range, lines);
        var isWhole = InputContent.IsWhole(range);
        _readSize = isWhole ? ReadSize : ReadSizeOf(range);
        _readAt = _carryStart = _roomInFront = Math.Min(RoomInFront, _readSize);
        _buffer = lines.AtLeast(_roomInFront + _readSize + Slack);
        _limit = InputContent.Limit(range);
        // The byte before the range tells whether a line begins with the range.
        _skipsFirst = range.Offset > 0;
        _carryOffset = _skipsFirst ? range.Offset - 1 : 0;
        _source = InputContent.Open(files, range, _carryOffset, isText: true);
    }

    /// <summary>What it reads.</summary>
    public IByteSource Source => _source;

    /// <summary>Bytes taken from disk so far.</summary>
    public long BytesRead => _source.BytesRead;

    /// <summary>The next block, or null after the last line that begins in the range. The block before it is gone.</summary>
    public LineBlock? Read()
    {
        while (!_isDone)
        {
            MoveCarry();
            var wanted = Math.Min(NextRead(), _buffer.Length - _readAt - Slack);
            var read = _source.Read(_buffer.AsSpan(_readAt, wanted));
            var length = _carryLength + read;
            if (_skipsFirst && !SkipFirstLine(ref length, read)) continue;
            if (read == 0)
            {
                _isDone = true;
                return length == 0 ? null : new LineBlock(_buffer, _carryStart, length, _carryOffset);
            }

            if (Take(length) is { } block) return block;
        }

        return null;
    }

    public void Dispose() => _source.Dispose();

    // No more than there is to read; of files that grow from one to the next, few need a larger buffer than the one before.
    private static int ReadSizeOf(FileRange range) =>
        (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Math.Min(range.Length + LikelyLine, range.FileLength - range.Offset), Slack, ReadSize));

    private int NextRead()
    {
        // A line of many reads doubles each read, so that what is moved and searched again stays in proportion.
        if (_carryLength > ReadSize) return _carryLength;
        // The end of the range's last line is likely near.
        var rest = _limit - _carryOffset - _carryLength;
        return rest > ReadSize ? ReadSize : (int)Math.Max(rest, 0) + LikelyLine;
    }

    // Drops all up to the first LF. Until it is found nothing is carried over, however long the line is.
    private bool SkipFirstLine(ref int length, int read)
    {
        var newline = _buffer.AsSpan(_carryStart, length).IndexOf((byte)'\n');
        var dropped = newline < 0 ? length : newline + 1;
        _carryStart += dropped;
        _carryOffset += dropped;
        length = _carryLength = length - dropped;
        // No line begins in the range: all of it is within one that began before.
        _isDone = _carryOffset >= _limit || read == 0;
        _skipsFirst = newline < 0;
        return !_isDone && !_skipsFirst;
    }

    // The whole lines among the bytes at the carry; what is left of them is carried over.
    private LineBlock? Take(int length)
    {
        var bytes = _buffer.AsSpan(_carryStart, length);
        var lines = bytes.Length;
        if (_carryOffset + length >= _limit)
        {
            // The last line of the range is the one that the byte before the limit is in, its LF included.
            lines = (int)Math.Max(0, _limit - 1 - _carryOffset);
            var newline = bytes[lines..].IndexOf((byte)'\n');
            if (newline >= 0)
            {
                _isDone = true;
                return new LineBlock(_buffer, _carryStart, lines + newline + 1, _carryOffset);
            }
        }

        var cut = bytes[..lines].LastIndexOf((byte)'\n') + 1;
        var block = new LineBlock(_buffer, _carryStart, cut, _carryOffset);
        _carryStart += cut;
        _carryOffset += cut;
        _carryLength = length - cut;
        return cut == 0 ? null : block;
    }

    // Puts the carry right before where the next bytes are read to, so that its line is whole. Done only now, when the block
    // that was handed out, which lies before it, is no longer needed.
    private void MoveCarry()
    {
        if (_carryLength > LongestLine)
            throw new InputException($"Input '{_range.Path}' has a line of more than {LongestLine} bytes at offset {_carryOffset}: is it text? Lines may have at most that many.");
        _readAt = Math.Max(_roomInFront, _carryLength);
        var start = _readAt - _carryLength;
        var needed = _readAt + Math.Max(_readSize, _carryLength) + Slack;
        var target = _lines.AtLeast(needed);
        Buffer.BlockCopy(_buffer, _carryStart, target, start, _carryLength);
        (_buffer, _carryStart) = (target, start);
    }
}
