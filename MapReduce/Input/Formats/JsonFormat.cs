using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MapReduce.Input.Formats;

/// <summary>One JSON value a line.</summary>
internal sealed class JsonFormat<T>(JsonTypeInfo<T> type) : InputFormat<T>
{
    public override bool IsSplittable => true;

    public override bool IsText => true;

    public override RecordReader<T> Open(InputPiece piece) => new Reader(piece, type);

    private sealed class Reader(InputPiece piece, JsonTypeInfo<T> type) : LineRecordReader<T>(piece)
    {
        public override T Parse() => JsonSerializer.Deserialize(Line.Span, type) ?? throw new JsonException("The value is null.");

        protected override bool IsRecord() => Line.Span.ContainsAnyExcept(" \t\r"u8);
    }
}
