using System.Text;
using MapReduce.Input;
using MapReduce.Storage;
using MapReduce.Tests.Input.Planner;

namespace MapReduce.Tests.Input.Reader;

public sealed class LineBlockReaderChangeTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FileRange _range;

    public LineBlockReaderChangeTests()
    {
        var entry = PhysicalFileSystem.Instance.Find(_folder.File("in.txt", "one\ntwo\n"))!;
        _range = new FileRange(entry.Path, 0, entry.Length, entry.Length, entry.ModifiedTicks);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_UnchangedFile_IsRead() => Assert.Equal(["one\n", "two\n"], Reading.Lines(PhysicalFileSystem.Instance, _range));

    [Fact]
    public void Read_FileThatVanished_ThrowsNamingIt()
    {
        File.Delete(_range.Path);
        AssertThrows($"'{_range.Path}' is gone");
    }

    [Fact]
    public void Read_FileThatBecameADirectory_ThrowsNamingIt()
    {
        File.Delete(_range.Path);
        Directory.CreateDirectory(_range.Path);
        AssertThrows($"'{_range.Path}' is gone");
    }

    [Fact]
    public void Read_FileThatShrank_ThrowsNamingItsLengths()
    {
        File.WriteAllText(_range.Path, "one\n");
        AssertThrows($"'{_range.Path}' changed since the job was planned: it had 8 bytes");
    }

    [Fact]
    public void Read_FileThatGrew_Throws()
    {
        File.AppendAllText(_range.Path, "three\n");
        AssertThrows("now has 14");
    }

    [Fact]
    public void Read_FileOfSameLengthWrittenLater_Throws()
    {
        File.WriteAllText(_range.Path, "ONE\nTWO\n");
        File.SetLastWriteTimeUtc(_range.Path, new DateTime(_range.ModifiedTicks, DateTimeKind.Utc).AddTicks(10));
        AssertThrows("changed since the job was planned");
    }

    [Fact]
    public void Read_EmptyFileThatGrew_Throws()
    {
        var files = new MemoryFiles();
        files.Add("/f", "x\n"u8.ToArray());
        Assert.Throws<InputException>(() => Reading.Lines(files, new FileRange("/f", 0, 0, 0, 0)));
    }

    [Theory]
    [InlineData("/f")]
    [InlineData("/f.gz")]
    [InlineData("/f.br")]
    [InlineData("/f.deflate")]
    public void Read_FileThatShrinksWhileItIsRead_ThrowsNamingIt(string path)
    {
        var content = Compressed.Bytes(path, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 300_000).Select(number => $"{number}\n"))));
        var files = new MemoryFiles();
        var range = files.Add(path, new Shrinking(content));
        Assert.Contains($"'{path}'", Assert.Throws<InputException>(() => Reading.Lines(files, range)).Message, StringComparison.Ordinal);
    }

    private void AssertThrows(string text) =>
        Assert.Contains(text, Assert.Throws<InputException>(() => Reading.Lines(PhysicalFileSystem.Instance, _range)).Message, StringComparison.Ordinal);
}
