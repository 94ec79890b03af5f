using System.Text;
using System.Text.Json;
using MapReduce.Input;
using MapReduce.Input.Formats;
using MapReduce.Tests.Input.Reader;

namespace MapReduce.Tests.Input.Formats;

/// <summary>Every format over every odd content, compressed or cut anywhere, against what the simplest code makes of it.</summary>
public class FormatEdgeTests
{
    private const int Seed = 20;

    private static readonly string[] Suffixes = ["", ".gz", ".br", ".deflate"];

    private static readonly string[] Texts =
    [
        "", "x", "\n", "\n\n\n", "a\tb\nc\td\n", "a\tb\nno tab\n\tno key\nno value\t\nend\twithout newline", "a\tb\r\nc\r\n\r\n", "a\rb\tc\rd",
        "\u00ef\u00bb\u00bfa\tb\nc\n", "\u00ef\u00bb\u00bf", "\u00ef\u00bb", "\u00c3\u0028\t\u0080\n\0\t\0\n", "1\n{}\n  \n[1, \"\u00c3\u00a9\"]\r\n\"x\"", "12345678", "1234567\n",
        "one line that is longer than many splits\tand its value\n", new string('y', 300_000) + "\tz\n",
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var format in (string[])["key-values", "json", "fixed", "files"])
                for (var text = 0; text < Texts.Length; text++) cases.Add(format, text);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_AnyContentAnyCut_EveryRecordOnce(string format, int text)
    {
        var content = Encoding.Latin1.GetBytes(Texts[text]);
        foreach (var suffix in Suffixes)
        {
            foreach (var size in (int[])[1, 2, 3, 5, 7, 100_000])
            {
                if (content.Length / size > 1000) continue;
                AssertRead(format, content, "/f" + suffix, size);
            }
        }
    }

    [Theory]
    [InlineData("key-values")]
    [InlineData("json")]
    [InlineData("fixed")]
    [InlineData("files")]
    public void Read_MutatedPlainFiles_AsTheReferenceReadsThem(string format)
    {
        var random = new Random(Seed);
        for (var round = 0; round < 400; round++)
        {
            var content = Mutate(Encoding.Latin1.GetBytes(Texts[random.Next(Texts.Length - 1)]), random);
            // What begins like UTF-16 is another matter.
            if (ByteOrderMark.Find(content) is not null) continue;
            AssertRead(format, content, "/f", random.Next(1, 12));
        }
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".br")]
    [InlineData(".deflate")]
    public void Read_MutatedOrTruncatedCompressedFiles_FailOrLoseNothing(string suffix)
    {
        var random = new Random(Seed);
        var content = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(line => $"{random.Next()}\t{line}\n")));
        var compressed = Compressed.Bytes(suffix, content);
        for (var round = 0; round < 150; round++)
        {
            var isTruncated = round % 2 == 0;
            var bytes = isTruncated ? compressed[..random.Next(1, compressed.Length)] : Mutate(compressed, random);
            var read = TryRead("key-values", bytes, "/f" + suffix, int.MaxValue);
            if (isTruncated) Assert.True(read is null, $"seed {Seed}, round {round}: {bytes.Length} of {compressed.Length} bytes passed as whole");
            // Brotli has no checksum: what was changed may be another content, but it must end properly.
            else if (read is not null && suffix != ".br") Assert.Equal(Reference("key-values", content), read);
        }
    }

    [Fact]
    public void Read_Utf16AndUtf32_AsUtf8()
    {
        var random = new Random(Seed);
        string[] parts = ["a", "\t", "\n", "\r\n", "\u00e9", "\u6587", "\U0001F600", "{}"];
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(true, true)])
        {
            for (var round = 0; round < 60; round++)
            {
                var text = string.Concat(Enumerable.Range(0, round < 58 ? random.Next(20) : 90_000).Select(part => parts[random.Next(parts.Length)]));
                byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
                Assert.Equal(Reference("key-values", Encoding.UTF8.GetBytes(text)), TryRead("key-values", bytes, "/f", int.MaxValue, isWhole: true));
                Assert.Equal(Reference("key-values", Encoding.UTF8.GetBytes(text)), TryRead("key-values", Compressed.Bytes(".gz", bytes), "/f.gz", int.MaxValue));
                // A character that is cut is an error, not a shorter text.
                if (text.Length > 0) Assert.Null(TryRead("key-values", bytes[..^1], "/f", int.MaxValue, isWhole: true));
            }
        }
    }

    private static void AssertRead(string format, byte[] content, string path, int size)
    {
        var expected = Reference(format, content);
        var read = TryRead(format, Compressed.Bytes(path, content), path, size);
        Assert.True(expected is null ? read is null : read is not null && expected.SequenceEqual(read), $"seed {Seed}: {format} of '{Encoding.Latin1.GetString(content)}' in splits of {size} as {path}: {(read is null ? "failed" : string.Join('|', read))}");
    }

    /// <summary>The records, or null when the file is refused; any other exception fails the test.</summary>
    private static List<string>? TryRead(string format, byte[] bytes, string path, int size, bool isWhole = false)
    {
        var files = new MemoryFiles();
        var file = files.Add(path, bytes) with { IsWhole = isWhole };
        var ranges = isWhole || format == "files" || Compression.IsCompressed(path) ? [file] : file.Cut(Enumerable.Range(1, bytes.Length / size).Select(cut => (long)cut * size)).ToArray();
        try
        {
            return format switch
            {
                "key-values" => FormatReading.Read(files, new KeyValueFormat('\t'), pair => $"{Latin1(pair.Key.Span)}={Latin1(pair.Value.Span)}", ranges),
                "json" => FormatReading.Read(files, new JsonFormat<JsonElement>((System.Text.Json.Serialization.Metadata.JsonTypeInfo<JsonElement>)JsonSerializerOptions.Web.GetTypeInfo(typeof(JsonElement))), value => Latin1(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value)), ranges),
                "fixed" => FormatReading.Read(files, new FixedFormat(4), record => Latin1(record.Span), ranges),
                _ => FormatReading.Read(files, new WholeFileFormat(), whole => Latin1(whole.Content.Span), ranges),
            };
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static List<string>? Reference(string format, byte[] content)
    {
        var text = Encoding.Latin1.GetString(content);
        return format switch
        {
            "key-values" => [.. LinesOf(text).Select(line => line.Contains('\t') ? $"{line[..line.IndexOf('\t')]}={line[(line.IndexOf('\t') + 1)..]}" : $"{line}=")],
            "json" => JsonOf(LinesOf(text).Where(line => line.Any(c => c is not (' ' or '\t' or '\r')))),
            "fixed" => content.Length % 4 == 0 ? [.. text.Chunk(4).Select(record => new string(record))] : null,
            _ => [text],
        };
    }

    private static List<string>? JsonOf(IEnumerable<string> lines)
    {
        try
        {
            return [.. lines.Select(line => Latin1(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(JsonDocument.Parse(Encoding.Latin1.GetBytes(line)).RootElement)))];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<string> LinesOf(string text)
    {
        var lines = Reading.LinesOf(text.StartsWith("\u00ef\u00bb\u00bf", StringComparison.Ordinal) ? text[3..] : text).Select(line => line.TrimEnd('\n')).Select(line => line.EndsWith('\r') ? line[..^1] : line).ToList();
        // A byte-order mark alone is a line without text, as any reader of lines would have it.
        return text == "\u00ef\u00bb\u00bf" ? [""] : lines;
    }

    private static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(mutated.Count + 1);
            var kind = random.Next(4);
            if (kind == 0) mutated.Insert(at, (byte)random.Next(256));
            else if (kind == 1) mutated.Insert(at, (byte)"\n\t\r{"[random.Next(4)]);
            else if (at < mutated.Count && kind == 2) mutated[at] ^= (byte)(1 << random.Next(8));
            else if (at < mutated.Count) mutated.RemoveAt(at);
        }

        return [.. mutated];
    }
}
