using System.Globalization;
using MapReduce;
using MapReduce.Csv;
using MapReduce.Testing;

namespace Csv.Tests;

/// <summary>CSV as an input, cut at many places: each run of a job test tries several sizes of split.</summary>
public class ReadCsvTests
{
    private static readonly CsvFormat LineBreaks = new() { HasLineBreaks = true };

    [Fact]
    public void ReadCsv_RecordsWithHeader_AreMappedByName()
    {
        var plan = Job.ReadCsv<Order>().Map(order => (order.Name, order.Total)).Reduce((name, totals) => totals.Sum()).WriteText();
        var result = JobTest.Run(plan, [new TestFile("a.csv", "total, NAME ,Day\r\n1.5,ann,2024-02-29\r\n2,\"bob \"\"b\"\", jr\",\r\n\r\n0.5,ann,\r\n"), new TestFile("b.csv", "Name,Day,Total\ncat,,7")]);
        Assert.Equal(["ann\t2.0", "bob \"b\", jr\t2", "cat\t7"], result.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ReadCsv_Tsv_HasTabs() =>
        Assert.Equal(["a,b|c d"], Rows(CsvFormat.Tsv, "x\ty\na,b\tc d\n"));

    [Fact]
    public void ReadCsv_NoHeader_EveryRowIsARecord() =>
        Assert.Equal(["1|2", "3"], Rows(new CsvFormat { HasHeader = false }, "1,2\n3\n"));

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("a,b\n")]
    [InlineData("a,b\r\n\r\n\n")]
    [InlineData("\uFEFFa,b\n")]
    public void ReadCsv_NoRows_IsNothing(string text)
    {
        Assert.Empty(Rows(new CsvFormat(), text));
        Assert.Empty(Rows(LineBreaks, text));
    }

    [Theory]
    [InlineData("a,b\r1,2\n3,4\n5,6\n7,8\n")]
    [InlineData("a,b\n1,2\r3,4\n5,6\r7,8\n")]
    [InlineData("a,b\r1,2\r3,4\r5,6\r7,8")]
    public void ReadCsv_RowsEndedByCarriageReturns_AreReadOnce(string text) =>
        Assert.Equal(["1|2", "3|4", "5|6", "7|8"], Rows(new CsvFormat(), text).Order(StringComparer.Ordinal));

    [Fact]
    public void ReadCsv_LineBreaksInFields_AreRead() =>
        Assert.Equal(["1|two\nlines", "3|four\r\n\"lines\""], Rows(LineBreaks, "a,b\n1,\"two\nlines\"\n3,\"four\r\n\"\"lines\"\"\""));

    [Theory]
    [InlineData("a,b\n1,\"two\nlines\"\n", 4, "set HasLineBreaks in the CsvFormat")]
    [InlineData("a,b\n1,2\n3\n", 8, "The row has 1 fields, and the header 2")]
    [InlineData("a,b\n1,2\n3,4,5\n", 8, "The row has 3 fields, and the header 2")]
    [InlineData("a,b\n1,x\"y\n", 4, "A quote stands within a field")]
    [InlineData("a,b\n1,\"x\"y\n", 4, "Text follows a closing quote")]
    public void ReadCsv_BadRow_FailsNamingFileAndOffset(string text, int offset, string reason)
    {
        var failed = Assert.Throws<JobTestException>(() => Rows(new CsvFormat(), text));
        Assert.Contains($"in/f.csv' has a bad record at offset {offset}", failed.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCsv_FieldOfAnotherType_SaysWhichFieldWithoutANumberOfThePiece()
    {
        var plan = Job.ReadCsv<Order>().Map(order => (order.Name, order.Total)).WriteText();
        var failed = Assert.Throws<JobTestException>(() => JobTest.Run(plan, [new TestFile("f.csv", "Name,Total,Day\na,1,\nb,x,\n")]));
        Assert.Contains("at offset 20: InvalidDataException: Cannot read Order.Total from field 1 'Total': ", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name,Total\na,1\n", "Order.Day")]
    [InlineData("\nName,Total,Day\na,1,\n", "The first line is blank where the header should be")]
    [InlineData("Name,Total,\"Day\na,1,\n", "The header breaks the rules: A quoted field")]
    public void ReadCsv_HeaderThatDoesNotFit_Fails(string text, string reason)
    {
        var plan = Job.ReadCsv<Order>().Map(order => (order.Name, order.Total)).WriteText();
        Assert.Contains(reason, Assert.Throws<JobTestException>(() => JobTest.Run(plan, [new TestFile("f.csv", text)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCsv_TypeWithoutMark_IsRefusedWhenPlanned() => Assert.Throws<InvalidOperationException>(() => Job.ReadCsv<Version>());

    [Fact]
    public void ReadCsv_SeparatorIsQuote_IsRefusedWhenPlanned() => Assert.Throws<ArgumentException>(() => Job.ReadCsv<string[]>(new CsvFormat { Separator = '"' }));

    [Fact]
    public void ReadCsv_CompressedAndUtf16_AreRead()
    {
        var text = System.Text.Encoding.Unicode;
        var plan = Plan(new CsvFormat());
        Assert.Equal(["é|2"], JobTest.Run(plan, [new TestFile("f.csv", (byte[])[.. text.Preamble, .. text.GetBytes("a,b\né,2\n")])]).Lines.Select(Unescape));
    }

    /// <summary>Random tables, written by the rules of RFC 4180 and read back.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadCsv_RandomTables_EveryRowOnce(bool hasLineBreaks)
    {
        const int Seed = 7;
        var random = new Random(Seed);
        for (var round = 0; round < 12; round++)
        {
            string[] parts = [" ", ",", "\"", "ab", "é", "0", .. hasLineBreaks ? new[] { "\n", "\r\n" } : []];
            var rows = Enumerable.Range(0, random.Next(20)).Select(row => Enumerable.Range(0, 3).Select(field => string.Concat(Enumerable.Range(0, random.Next(4)).Select(part => parts[random.Next(parts.Length)]))).ToArray()).ToList();
            foreach (var row in rows) row[0] = rows.IndexOf(row).ToString(CultureInfo.InvariantCulture) + row[0];
            var text = "x,y,z\n" + string.Concat(rows.Select(row => string.Join(',', row.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + (random.Next(2) == 0 ? "\n" : "\r\n")));
            Assert.Equal(rows.Select(row => string.Join('|', row)).Order(StringComparer.Ordinal), Rows(new CsvFormat { HasLineBreaks = hasLineBreaks }, text).Order(StringComparer.Ordinal));
        }
    }

    // Line ends would make lines of their own in the output.
    private static JobPlan Plan(CsvFormat format) =>
        Job.ReadCsv<string[]>(format).Map(row => (string.Join('|', row).Replace("\r", "<r>", StringComparison.Ordinal).Replace("\n", "<n>", StringComparison.Ordinal), default(NoValue))).WriteText();

    private static string Unescape(string line) => line.Replace("<r>", "\r", StringComparison.Ordinal).Replace("<n>", "\n", StringComparison.Ordinal);

    private static IEnumerable<string> Rows(CsvFormat format, string text) => JobTest.Run(Plan(format), [new TestFile("f.csv", text)]).Lines.Select(Unescape);
}
