using MapReduce.Input;
using MapReduce.Storage;

namespace MapReduce;

/// <summary>A piece of an input file, as one task reads it: the file, or the range of it whose records are the task's. Used by one thread.</summary>
public sealed class InputPiece : IDisposable
{
    private readonly IFileSystem _files;
    private readonly FileRange _range;
    private readonly bool _isText;
    private readonly LineBuffer _lines;
    private readonly List<IByteSource> _opened = [];
    private bool _givesLines;

    internal InputPiece(IFileSystem files, FileRange range, bool isText, LineBuffer lines, long memory) =>
        (_files, _range, _isText, _lines, Memory, End) = (files, range, isText, lines, memory, InputContent.Limit(range));

    /// <summary>The file, absolute.</summary>
    public string Path => _range.Path;

    /// <summary>Where the piece begins in the file's content: the records that begin here or later are its own.</summary>
    public long Offset => _range.Offset;

    /// <summary>Where it ends: a record that begins here or later is of another piece. <see cref="long.MaxValue"/> for the end of the content.</summary>
    public long End { get; }

    /// <summary>The file's length on disk, bytes.</summary>
    public long FileLength => _range.FileLength;

    /// <summary>True when the content can be read from its start only, and its length is not that of the file: it is compressed or transcoded, or the format is not cut.</summary>
    public bool IsWhole => InputContent.IsWhole(_range);

    /// <summary>The memory of the task that reads it, bytes.</summary>
    internal long Memory { get; }

    /// <summary>Bytes taken from disk so far.</summary>
    internal long BytesRead
    {
        get
        {
            long sum = 0;
            foreach (var source in _opened) sum += source.BytesRead;
            return sum;
        }
    }

    /// <summary>The file's content, decompressed; of a text as UTF-8, perhaps with a byte-order mark.</summary>
    /// <param name="offset">Where to begin; must be 0 where <see cref="IsWhole"/>.</param>
    /// <exception cref="InputException">The file is gone, or is not what it was when the job was planned.</exception>
    public Stream OpenRead(long offset = 0)
    {
        if (offset != 0 && IsWhole) throw new ArgumentOutOfRangeException(nameof(offset), offset, $"'{Path}' can be read from its start only.");
        return new ByteSourceStream(Track(InputContent.Open(_files, _range, offset, _isText)));
    }

    /// <summary>The content of a file that is neither compressed nor text.</summary>
    internal PlainSource OpenPlain() => (PlainSource)Track(InputContent.Open(_files, _range, 0, isText: false));

    /// <summary>The lines that begin in the piece, as they stand in the content.</summary>
    /// <param name="header">What comes before them: nothing, or a header and its line end where the piece does not begin with it.</param>
    /// <param name="offset">How far a line is in the file's content from where it is in the stream.</param>
    /// <exception cref="InputException">The file is gone, or is not what it was when the job was planned.</exception>
    public Stream OpenLines(ReadOnlyMemory<byte> header, out long offset)
    {
        _givesLines = true;
        var lines = new LineStream(header, ReadLines());
        offset = lines.Offset;
        return lines;
    }

    /// <summary>The file's first line without its end and a byte-order mark: the header, which all pieces of a file have in common. Null when there is no line.</summary>
    /// <exception cref="InputException">The file is gone, or is not what it was when the job was planned.</exception>
    public Utf8Text? ReadFirstLine()
    {
        using var reader = ReadLines(_range with { Offset = 0, Length = Math.Min(1, FileLength) }, new LineBuffer());
        return reader.Read() is { } block && new LineCursor(block) is { IsAtEnd: false } line ? line.Next() : null;
    }

    /// <summary>
    /// True when a record that begins at an offset is the piece's own. Of lines all are, though one of the last line may begin behind
    /// the end: nobody else sees that line.
    /// </summary>
    internal bool Holds(long offset) => _givesLines || offset < End;

    /// <summary>The lines that begin in the piece, in blocks.</summary>
    internal LineBlockReader ReadLines() => ReadLines(_range, _lines);

    void IDisposable.Dispose()
    {
        foreach (var source in _opened) source.Dispose();
    }

    private LineBlockReader ReadLines(FileRange range, LineBuffer lines)
    {
        var reader = new LineBlockReader(_files, range, lines);
        _opened.Add(reader.Source);
        return reader;
    }

    private IByteSource Track(IByteSource source)
    {
        _opened.Add(source);
        return source;
    }
}
