using System.Text;

namespace MapReduce.Input.Formats;

/// <summary>Lines of a key, a separator and a value.</summary>
internal sealed class KeyValueFormat(char separator) : InputFormat<(Utf8Text Key, Utf8Text Value)>
{
    private readonly byte[] _separator = Encoding.UTF8.GetBytes([separator]);

    public override bool IsSplittable => true;

    public override bool IsText => true;

    public override RecordReader<(Utf8Text Key, Utf8Text Value)> Open(InputPiece piece) => new Reader(piece, _separator);

    private sealed class Reader(InputPiece piece, byte[] separator) : LineRecordReader<(Utf8Text Key, Utf8Text Value)>(piece)
    {
        public override (Utf8Text Key, Utf8Text Value) Parse()
        {
            var end = Line.Span.IndexOf(separator);
            return end < 0 ? (Line, default) : (Line.Slice(0, end), Line.Slice(end + separator.Length, Line.Length - end - separator.Length));
        }
    }
}
