using CsvHelper;

namespace MapReduce.Csv;

/// <summary>Reads the rows of a piece. Where the piece does not begin with the file's header, that is put before its lines.</summary>
internal sealed class RowReader<T> : RecordReader<T>
{
    private readonly CsvReader _rows;
    private readonly long _offset;
    private CsvMalformedReason? _flaw;

    public RowReader(InputPiece piece, CsvReaderOptions options)
    {
        var content = options.AllowLineBreaksInQuotes ? piece.OpenRead() : piece.OpenLines(Header(piece, options), out _offset);
        // A row that breaks the rules is still found, and those behind it: to refuse it is for Parse.
        _rows = CsvReader.Create(content, options with { OnMalformedRecord = found => _flaw = found.Reason });
        var hasHeader = _rows.Headers.Count > 0;
        // A quote that is not closed would have taken all rows into the header.
        if (_flaw is { } flaw) throw new InvalidDataException($"The header breaks the rules: {Describe(flaw)}");
        if (!CsvInput<T>.IsRaw && hasHeader) _rows.ValidateHeader<T>();
    }

    public override long Offset => _offset + _rows.ByteOffset;

    public override ReadOnlySpan<byte> Bytes => _rows.RawRecord;

    public override bool Read()
    {
        _flaw = null;
        return _rows.Read();
    }

    public override T Parse()
    {
        if (_flaw is { } flaw) throw new InvalidDataException(Describe(flaw));
        if (_rows.Options.HasHeader && _rows.FieldCount != _rows.Headers.Count)
            throw new InvalidDataException($"The row has {_rows.FieldCount} fields, and the header {_rows.Headers.Count}.");
        return CsvInput<T>.IsRaw ? (T)(object)Fields() : Record();
    }

    protected override void Dispose(bool disposing)
    {
        _rows.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Header(InputPiece piece, CsvReaderOptions options)
    {
        if (!options.HasHeader || piece.ReadFirstLine() is not { } header) return [];
        // The pieces of a file would not agree on a header further down.
        // A CR alone ends a row too: what follows is one of the first piece's.
        if (header.Span.IndexOf((byte)'\r') is >= 0 and var end) header = header.Slice(0, end);
        if (header.Length == 0) throw new InvalidDataException("The first line is blank where the header should be.");
        return piece.Offset == 0 ? [] : [.. header.Span, (byte)'\n'];
    }

    private T Record()
    {
        try
        {
            return _rows.GetRecord<T>();
        }
        catch (CsvFormatException bad)
        {
            // The number counts from the start of the piece, which nobody knows.
            var number = $" of record {_rows.RowNumber + (_rows.Options.HasHeader ? 1 : 0)}";
            throw new InvalidDataException(bad.Message.Replace(number, "", StringComparison.Ordinal), bad);
        }
    }

    private string[] Fields()
    {
        var fields = new string[_rows.FieldCount];
        for (var i = 0; i < fields.Length; i++) fields[i] = _rows.GetString(i);
        return fields;
    }

    private static string Describe(CsvMalformedReason flaw) => flaw switch
    {
        CsvMalformedReason.LineBreakInQuotes =>
            "A quoted field runs over the end of its line, or a quote is missing: if fields hold line breaks, set HasLineBreaks in the CsvFormat.",
        CsvMalformedReason.UnterminatedQuote => "A quoted field is not closed before the end of the file.",
        CsvMalformedReason.StrayQuote => "A quote stands within a field that is not quoted.",
        CsvMalformedReason.TextAfterClosingQuote => "Text follows a closing quote.",
        _ => $"The row is malformed ({flaw}).",
    };
}
