namespace MapReduce.Csv;

/// <summary>How a CSV file is written. The defaults are those of RFC 4180: commas, double quotes, a header.</summary>
public sealed record CsvFormat
{
    /// <summary>Fields separated by TAB.</summary>
    public static CsvFormat Tsv { get; } = new() { Separator = '\t' };

    /// <summary>Between two fields; default: comma. An ASCII character.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Around a field that holds the separator, a line end or a quote, which is doubled within; default: <c>"</c>. An ASCII character.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>
    /// True (the default) when the first row of each file names the fields: properties of the record are found by name, letter case
    /// and spaces around it ignored. Without it they are found by position.
    /// </summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// True when quoted fields may hold line ends. Then a file cannot be cut: one task reads all of it. Default: false, a file is
    /// shared by several tasks, and a quoted field that runs over the end of its line is an error that says so.
    /// </summary>
    public bool HasLineBreaks { get; init; }
}
