using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MapReduce.Input;
using MapReduce.Input.Formats;
using MapReduce.Map;
using MapReduce.Tests.Input.Reader;

namespace MapReduce.Tests.Input.Formats;

public sealed class LineFormatTests : FormatSuite
{
    private protected override IMapBody Start(List<string> records) => FormatReading.OfLines(line => Latin1(line.Utf8.Span), records);

    private protected override List<string> Reference(byte[] content) => LinesOf(content);
}

public sealed class KeyValueFormatTests : FormatSuite
{
    private protected override (string Before, string Behind) AroundText => ("key\t", "\n");

    private protected override IMapBody Start(List<string> records) =>
        FormatReading.Of(new KeyValueFormat('\t'), pair => $"{Latin1(pair.Key.Span)}={Latin1(pair.Value.Span)}", records);

    private protected override List<string> Reference(byte[] content) =>
        [.. LinesOf(content).Select(line => line.Contains('\t') ? $"{line[..line.IndexOf('\t')]}={line[(line.IndexOf('\t') + 1)..]}" : $"{line}=")];
}

public sealed class JsonFormatTests : FormatSuite
{
    private protected override (string Before, string Behind) AroundText => ("\"", "\"\n");

    private protected override string Valid(int records) =>
        string.Concat(Enumerable.Range(1000, records).Select(number => $$"""{"number": {{number}}, "é": [true, null, "\u00e9"]}""" + (number % 3 == 0 ? "\r\n\n" : "\n")));

    private protected override IMapBody Start(List<string> records) => FormatReading.Of(
        new JsonFormat<JsonElement>((JsonTypeInfo<JsonElement>)JsonSerializerOptions.Web.GetTypeInfo(typeof(JsonElement))), value => Latin1(JsonMarshal.GetRawUtf8Value(value)), records);

    private protected override List<string>? Reference(byte[] content)
    {
        try
        {
            return [.. LinesOf(content).Where(line => line.Any(c => c is not (' ' or '\t' or '\r'))).Select(line => Latin1(JsonMarshal.GetRawUtf8Value(JsonDocument.Parse(EdgeContents.Bytes(line)).RootElement)))];
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

public sealed class FixedFormatTests : FormatSuite
{
    private protected override bool IsText => false;

    private protected override (string Before, string Behind) AroundText => ("", "");

    private protected override string Valid(int records) => string.Concat(Enumerable.Range(1000, records));

    private protected override IMapBody Start(List<string> records) => FormatReading.Of(new FixedFormat(4), record => Latin1(record.Span), records);

    private protected override IMapBody StartLarge(int length, List<string> records) => FormatReading.Of(new FixedFormat(length), record => Latin1(record.Span), records);

    private protected override List<string>? Reference(byte[] content) =>
        content.Length % 4 == 0 ? [.. Encoding.Latin1.GetString(content).Chunk(4).Select(record => new string(record))] : null;
}

public sealed class WholeFileFormatTests : FormatSuite
{
    private protected override bool IsSplittable => false;

    private protected override bool IsText => false;

    private protected override IMapBody Start(List<string> records) => FormatReading.Of(new WholeFileFormat(), whole => Latin1(whole.Content.Span), records);

    private protected override List<string> Reference(byte[] content) => [Encoding.Latin1.GetString(content)];

    [Theory]
    [InlineData("/f", "17MiB of content")]
    [InlineData("/f.gz", "more than 16MiB of content")]
    public void Read_MoreThanATasksMemory_IsRefusedWithARemedy(string path, string length)
    {
        var files = new MemoryFiles();
        var file = files.Add(path, Compressed.Bytes(path, new byte[17 << 20])) with { IsWhole = true };
        var refused = Assert.Throws<InputException>(() => FormatReading.Run(files, Start([]), [file], isText: false, [], memory: 16 << 20));
        Assert.Contains($"'{path}' has {length}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("give tasks more (MemoryPerSlot)", refused.Message, StringComparison.Ordinal);
    }
}
