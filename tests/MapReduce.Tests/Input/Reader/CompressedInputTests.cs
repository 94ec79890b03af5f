using System.IO.Compression;
using System.Text;
using MapReduce.Input;

namespace MapReduce.Tests.Input.Reader;

public class CompressedInputTests
{
    private const string Text = "one\ntwo\r\n\nthree";

    public static TheoryData<string> Names => ["/f.gz", "/f.br", "/f.deflate", "/F.GZ"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_CompressedFile_GivesItsLines(string path) => Assert.Equal(Reading.LinesOf(Text), Lines(path, Compressed.Bytes(path, Bytes(Text))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_CompressedEmptyContent_GivesNothing(string path) => Assert.Empty(Lines(path, Compressed.Bytes(path, [])));

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_LargeCompressedFile_GivesAllOfIt(string path)
    {
        var text = string.Concat(Enumerable.Range(0, 400_000).Select(number => $"{number}\n"));
        Assert.Equal(text, string.Concat(Lines(path, Compressed.Bytes(path, Bytes(text)))));
    }

    [Fact]
    public void Read_GzipOfSeveralMembers_GivesThemAll()
    {
        byte[] members = [.. Compressed.Bytes(".gz", Bytes("one\ntw")), .. Compressed.Bytes(".gz", []), .. Compressed.Bytes(".gz", Bytes("o\nthree"))];
        Assert.Equal(["one\n", "two\n", "three"], Lines("/f.gz", members));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_TruncatedAnywhere_Throws(string path)
    {
        // Not empty and not compressible, so that there is something to cut off everywhere.
        var content = new byte[300];
        new Random(7).NextBytes(content);
        var whole = Compressed.Bytes(path, content);
        var accepted = Enumerable.Range(1, whole.Length - 1).Where(length => !Throws(path, whole[..length]));
        Assert.Empty(accepted);
    }

    [Fact]
    public void Read_GzipWhoseSecondMemberIsTruncatedAnywhere_Throws()
    {
        var (first, second) = (Compressed.Bytes(".gz", Bytes("one\n")), Compressed.Bytes(".gz", Bytes("two\nthree\n")));
        var accepted = Enumerable.Range(1, second.Length - 1).Where(length => !Throws("/f.gz", [.. first, .. second[..length]]));
        Assert.Empty(accepted);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_Truncated_NamesFileAndOffset(string path)
    {
        var whole = Compressed.Bytes(path, Bytes(string.Concat(Enumerable.Range(0, 1000))));
        var error = Assert.Throws<InputException>(() => Lines(path, whole[..^20]));
        Assert.Contains($"'{path}' is corrupt or truncated near offset {whole.Length - 20} of {whole.Length - 20}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_NotCompressedAtAll_Throws(string path) => Assert.Throws<InputException>(() => Lines(path, Bytes("this is plain text\n")));

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_FileOfNoBytes_GivesNothing(string path) => Assert.Empty(Lines(path, []));

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_SomethingBehindTheContent_Throws(string path) => Assert.Throws<InputException>(() => Lines(path, [.. Compressed.Bytes(path, Bytes(Text)), .. "more text\n"u8]));

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    public void Read_GzipTruncatedAnywhere_Throws(CompressionLevel level)
    {
        // Short texts get fixed codes, as the members that mark the end have.
        var member = new MemoryStream();
        using (var stream = new GZipStream(member, level)) stream.Write(Bytes(Text));
        var whole = member.ToArray();
        var accepted = Enumerable.Range(1, whole.Length - 1).Where(length => !Throws("/f.gz", whole[..length]));
        Assert.Empty(accepted);
    }

    [Fact]
    public void Read_GzipMembersOfManySizes_GivesThemAll()
    {
        // Members that end at every place of the decompressor's own buffers.
        var random = new Random(11);
        var texts = Enumerable.Range(0, 300).Select(_ => new string('x', random.Next(3)) + Convert.ToHexString(RandomBytes(random, random.Next(8200))) + "\n").ToArray();
        byte[] members = [.. texts.SelectMany(text => Compressed.Bytes(".gz", Bytes(text)))];
        Assert.Equal(texts, Lines("/f.gz", members));
    }

    [Fact]
    public void Read_GzipWithAWrongChecksum_Throws()
    {
        var bytes = Compressed.Bytes(".gz", Bytes(Text));
        bytes[^6] ^= 1;
        Assert.Throws<InputException>(() => Lines("/f.gz", bytes));
    }

    private static bool Throws(string path, byte[] content)
    {
        try
        {
            Lines(path, content);
            return false;
        }
        catch (InputException)
        {
            return true;
        }
    }

    private static byte[] RandomBytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static List<string> Lines(string path, byte[] content)
    {
        var files = new MemoryFiles();
        return Reading.Lines(files, files.Add(path, content));
    }
}
