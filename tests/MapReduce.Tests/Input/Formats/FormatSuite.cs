using System.Text;
using MapReduce.Input;
using MapReduce.Map;
using MapReduce.Storage;
using MapReduce.Tests.Input.Reader;

namespace MapReduce.Tests.Input.Formats;

/// <summary>
/// What every format must stand, each a class that derives from this: odd contents, plain or compressed and cut anywhere, changed, cut off,
/// very large or gone. The reference knows the content as a whole, and nothing of pieces and buffers.
/// </summary>
public abstract class FormatSuite
{
    private const int Seed = 20;

    private static readonly string[] Endings = ["", ".gz", ".br", ".deflate"];

    private static readonly Encoding[] Wide = [Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(true, true)];

    public static TheoryData<int> Contents => [.. Enumerable.Range(0, EdgeContents.All.Length)];

    public static TheoryData<string> Compressions => [.. Endings[1..]];

    public static TheoryData<string> Suffixes => [.. Endings];

    private protected virtual bool IsSplittable => true;

    private protected virtual bool IsText => true;

    /// <summary>Bytes of a record that is very long.</summary>
    private protected virtual int Large => 200 << 20;

    /// <summary>A reader of the format, which gives each record as a text.</summary>
    private protected abstract IMapBody Start(List<string> records);

    /// <summary>The same for a file that is one record of so many bytes.</summary>
    private protected virtual IMapBody StartLarge(int length, List<string> records) => Start(records);

    /// <summary>The records of a content, or null when it must be refused.</summary>
    private protected abstract List<string>? Reference(byte[] content);

    /// <summary>A valid content of so many records, each different from the ones before.</summary>
    private protected virtual string Valid(int records) => string.Concat(Enumerable.Range(1000, records).Select(number => $"{number}\t\u00e9\n"));

    /// <summary>What makes one record of a very long text, before and behind it.</summary>
    private protected virtual (string Before, string Behind) AroundText => ("", "\n");

    [Theory]
    [MemberData(nameof(Contents))]
    public void Read_AnyContentAnyCut_EveryRecordOnce(int number)
    {
        var content = EdgeContents.Bytes(EdgeContents.All[number]);
        foreach (var suffix in Endings)
        {
            foreach (var size in IsSplittable && suffix == "" ? [1, 2, 3, 5, 7, 100_000] : (int[])[100_000])
                if (content.Length / size <= 1000) AssertRead(content, "/f" + suffix, size);
        }
    }

    [Fact]
    public void Read_MutatedPlainFiles_AsTheReferenceReadsThem()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 600; round++)
        {
            var valid = round % 3 == 0 ? Utf8(Valid(6)) : EdgeContents.Bytes(EdgeContents.All[random.Next(EdgeContents.All.Length - 1)]);
            var content = EdgeContents.Mutate(valid, random);
            // What begins like UTF-16 is another matter.
            if (ByteOrderMark.Find(content) is null) AssertRead(content, "/f", random.Next(1, 12));
        }
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Read_MutatedOrTruncatedCompressedFiles_FailOrLoseNothing(string suffix)
    {
        var random = new Random(Seed);
        var content = Utf8(Valid(2000));
        var compressed = Compressed.Bytes(suffix, content);
        Assert.Equal(Reference(content), TryRead(compressed, "/f" + suffix));
        for (var round = 0; round < 60; round++)
        {
            var isTruncated = round % 2 == 0;
            var bytes = isTruncated ? compressed[..random.Next(1, compressed.Length)] : EdgeContents.Mutate(compressed, random);
            var read = TryRead(bytes, "/f" + suffix);
            if (isTruncated) Assert.True(read is null, $"seed {Seed}, round {round}: {bytes.Length} of {compressed.Length} bytes passed as whole");
            // Brotli has no checksum: what was changed may be another content, but it must end properly.
            else if (read is not null && suffix != ".br") Assert.Equal(Reference(content), read);
        }
    }

    [Fact]
    public void Read_Utf16AndUtf32_AsUtf8OfTextsAndAsItIsOfOthers()
    {
        var random = new Random(Seed);
        string[] parts = ["a", "\t", "\n", "\r\n", ",", "\"", "\u00e9", "\u6587", "\U0001F600", "{}"];
        foreach (var encoding in Wide)
        {
            for (var round = 0; round < 40; round++)
            {
                var text = round % 2 == 0 ? Valid(round < 38 ? round : 5000) : string.Concat(Enumerable.Range(0, random.Next(20)).Select(part => parts[random.Next(parts.Length)]));
                byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
                var expected = Reference(IsText ? Utf8(text) : bytes);
                Assert.Equal(expected, TryRead(bytes, "/f", isWhole: true));
                Assert.Equal(expected, TryRead(Compressed.Bytes(".gz", bytes), "/f.gz"));
                // A character that is cut is an error, not a shorter text.
                if (IsText && text.Length > 0) Assert.Null(TryRead(bytes[..^1], "/f", isWhole: true));
            }
        }
    }

    [Fact]
    public void Read_VeryLongRecord_IsOne()
    {
        var (before, behind) = AroundText;
        var content = new byte[Large];
        content.AsSpan().Fill((byte)'y');
        Utf8(before).CopyTo(content, 0);
        Utf8(behind).CopyTo(content, Large - behind.Length);
        var files = new MemoryFiles();
        var records = new List<string>();
        FormatReading.Run(files, StartLarge(Large, records), [files.Add("/f", content) with { IsWhole = !IsSplittable }], IsText, records);
        var record = Assert.Single(records);
        Assert.Contains($"<{Large - before.Length - behind.Length} y>", record, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TenThousandFiles_EveryRecordOnce()
    {
        var files = new MemoryFiles();
        var contents = Enumerable.Range(0, 10_000).Select(number => Utf8(number % 100 == 0 ? "" : Valid(1 + (number % 3)))).ToList();
        var ranges = contents.Select((content, number) => files.Add($"/{number}", content)).ToList();
        Assert.Equal(contents.SelectMany(content => Reference(content)!), Read(files, [.. ranges]));
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public void Read_FileGoneOrAnotherThanPlanned_FailsNamingIt(string suffix)
    {
        var path = "/f" + suffix;
        var content = Compressed.Bytes(path, Utf8(Valid(2000)));
        var files = new MemoryFiles();
        var planned = files.Add(path, content);

        files.Add(path, content[..^7]);
        AssertFails($"'{path}' changed since the job was planned", files, planned);
        files.Add(path, new Shrinking(content));
        AssertFails($"'{path}'", files, planned);
        files.Delete(path);
        AssertFails($"'{path}' is gone", files, planned);
    }

    /// <summary>Bytes as Latin-1, long runs of y in short.</summary>
    private protected static string Latin1(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOf((byte)'y');
        var length = start < 0 ? 0 : bytes[start..].IndexOfAnyExcept((byte)'y') is var end and >= 0 ? end : bytes.Length - start;
        return length < 1_000_000 ? Encoding.Latin1.GetString(bytes)
            : $"{Encoding.Latin1.GetString(bytes[..start])}<{length} y>{Encoding.Latin1.GetString(bytes[(start + length)..])}";
    }

    /// <summary>The lines of a content without their ends and a byte-order mark, found in the simplest way.</summary>
    private protected static List<string> LinesOf(byte[] content)
    {
        var text = Encoding.Latin1.GetString(content);
        if (text.StartsWith("\u00ef\u00bb\u00bf", StringComparison.Ordinal)) text = text[3..];
        return [.. Reading.LinesOf(text).Select(line => line.TrimEnd('\n')).Select(line => line.EndsWith('\r') ? line[..^1] : line)];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private void AssertRead(byte[] content, string path, int size)
    {
        var expected = Reference(content);
        var read = TryRead(Compressed.Bytes(path, content), path, size);
        Assert.True(
            expected is null ? read is null : read is not null && expected.SequenceEqual(read),
            $"seed {Seed}: '{Encoding.Latin1.GetString(content)}' in splits of {size} as {path}: {(read is null ? "refused" : string.Join('|', read))} instead of {(expected is null ? "refused" : string.Join('|', expected))}");
    }

    private void AssertFails(string message, IFileSystem files, FileRange range) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Read(files, range)).Message, StringComparison.Ordinal);

    /// <summary>The records, or null when the file is refused; any other exception fails the test.</summary>
    private List<string>? TryRead(byte[] bytes, string path, int size = int.MaxValue, bool isWhole = false)
    {
        var files = new MemoryFiles();
        var file = files.Add(path, bytes) with { IsWhole = isWhole };
        var ranges = isWhole || !IsSplittable || Compression.IsCompressed(path) ? [file] : file.Cut(Enumerable.Range(1, bytes.Length / size).Select(cut => (long)cut * size)).ToArray();
        try
        {
            return Read(files, ranges);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private List<string> Read(IFileSystem files, params FileRange[] ranges)
    {
        var records = new List<string>();
        FormatReading.Run(files, Start(records), IsSplittable ? ranges : [.. ranges.Select(range => range with { IsWhole = true })], IsText, records);
        return records;
    }
}
