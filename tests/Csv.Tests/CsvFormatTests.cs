using System.Text;
using CsvHelper;
using MapReduce.Csv;
using MapReduce.Map;
using MapReduce.Tests.Input.Formats;

namespace Csv.Tests;

public sealed class CsvFormatTests() : CsvFormatSuite(new CsvFormat());

public sealed class TsvFormatTests() : CsvFormatSuite(CsvFormat.Tsv);

public sealed class CsvWithLineBreaksTests() : CsvFormatSuite(new CsvFormat { HasLineBreaks = true });

public sealed class CsvWithoutHeaderTests() : CsvFormatSuite(new CsvFormat { HasHeader = false });

/// <summary>Rows in pieces, against one plain pass of CsvHelper over the whole file.</summary>
public abstract class CsvFormatSuite(CsvFormat format) : FormatSuite
{
    private protected override bool IsSplittable => !format.HasLineBreaks;

    // Of two bytes to a character; once is enough.
    private protected override int Large => format == new CsvFormat() ? base.Large : 2 << 20;

    private protected override (string Before, string Behind) AroundText => (format.HasHeader ? "h\n" : "", "\n");

    private protected override string Valid(int records) =>
        (format.HasHeader ? Row("a", "b") : "") + string.Concat(Enumerable.Range(1000, records).Select(number =>
            Row($"{number}", (number % 4) switch { 0 => "\u00e9", 1 => "\"x,\ty\"", 2 => "\"say \"\"hi\"\"\"", _ => format.HasLineBreaks ? "\"two\r\nlines\"" : "" })));

    private protected override IMapBody Start(List<string> records) => FormatReading.Of(new CsvInput<string[]>(format), row => Show(row), records);

    private protected override List<string>? Reference(byte[] content)
    {
        // A header is never further down.
        if (format is { HasHeader: true, HasLineBreaks: false } && LinesOf(content) is [var first, ..] && first.Split('\r')[0].Length == 0) return null;
        var isMalformed = false;
        using var rows = CsvReader.Create(new MemoryStream(content), CsvReaderOptions.Default with
        {
            Separator = format.Separator,
            HasHeader = format.HasHeader,
            AllowLineBreaksInQuotes = format.HasLineBreaks,
            OnMalformedRecord = _ => isMalformed = true,
        });
        var records = new List<string>();
        while (rows.Read())
        {
            if (isMalformed || (format.HasHeader && rows.FieldCount != rows.Headers.Count)) return null;
            records.Add(Show(Enumerable.Range(0, rows.FieldCount).Select(rows.GetString)));
        }

        return isMalformed ? null : records;
    }

    private static string Show(IEnumerable<string> fields) => Latin1(Encoding.UTF8.GetBytes(string.Join('|', fields)));

    private string Row(string left, string right) => $"{left}{format.Separator}{right}\n";
}
