using MapReduce.Input;

namespace MapReduce;

/// <summary>Reads records of one line each; the base of readers for formats of one's own.</summary>
/// <typeparam name="T">The records.</typeparam>
public abstract class LineRecordReader<T> : RecordReader<T>
{
    private readonly LineBlockReader _reader;
    private LineCursor _lines;

    /// <summary>A reader of the lines that begin in a piece.</summary>
    /// <exception cref="InputException">The file is gone, or is not what it was when the job was planned.</exception>
    protected LineRecordReader(InputPiece piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        _reader = piece.ReadLines();
    }

    /// <inheritdoc/>
    public sealed override long Offset => _lines.Offset;

    /// <inheritdoc/>
    public sealed override ReadOnlySpan<byte> Bytes => Line.Span;

    /// <summary>The line that was found, without its end (LF or CRLF) and without a byte-order mark. Valid until the next is read.</summary>
    protected Utf8Text Line { get; private set; }

    /// <inheritdoc/>
    public sealed override bool Read()
    {
        do
        {
            while (_lines.IsAtEnd)
            {
                if (_reader.Read() is not { } block) return false;
                _lines = new LineCursor(block);
            }

            Line = _lines.Next();
        }
        while (!IsRecord());

        return true;
    }

    /// <summary>False for a line that is passed over, such as a header. Default: every line is a record.</summary>
    protected virtual bool IsRecord() => true;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _reader.Dispose();
        base.Dispose(disposing);
    }
}
