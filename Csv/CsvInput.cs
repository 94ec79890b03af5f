using CsvHelper;

namespace MapReduce.Csv;

/// <summary>Rows of CSV. Without line breaks in fields each line is a row, so that files can be cut at any line.</summary>
internal sealed class CsvInput<T> : InputFormat<T>
{
    private readonly CsvReaderOptions _options;

    public CsvInput(CsvFormat format)
    {
        _options = (IsRaw ? CsvReaderOptions.Default : CsvReaderOptions.For<T>()) with
        {
            Separator = format.Separator,
            Quote = format.Quote,
            HasHeader = format.HasHeader,
            AllowLineBreaksInQuotes = format.HasLineBreaks,
        };
        // Refuses what cannot be read while the job is planned, not in its tasks.
        using var nothing = CsvReader.FromText("", _options);
        if (!IsRaw) nothing.TryValidateHeader<T>(out _);
    }

    public override bool IsSplittable => !_options.AllowLineBreaksInQuotes;

    public override bool IsText => true;

    /// <summary>True when a record is its fields as they are.</summary>
    public static bool IsRaw => typeof(T) == typeof(string[]);

    public override RecordReader<T> Open(InputPiece piece) => new RowReader<T>(piece, _options);
}
