using MapReduce.Output;
using MapReduce.Storage;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Output;

public sealed class TextPartTests : IDisposable
{
    private readonly TestWorkspace _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Write_NumbersAndText_AreInvariant() => Assert.Equal("a\t1\n", Text("a", 1L));

    [Fact]
    public void Write_Double_HasAPoint() => Assert.Equal("1.5\t-0.25\n", Text(1.5, -0.25f));

    [Fact]
    public void Write_Bytes_AreAsTheyStand() => Assert.Equal("é\tx\n", Text("é"u8.ToArray(), new Utf8Text("x")));

    [Fact]
    public void Write_Tuples_HaveTabsBetween() => Assert.Equal("a\t1\tb\t2\t3\n", Text(("a", 1, "b"), (2, 3L)));

    [Fact]
    public void Write_BooleansAndCharacters_AreTheirNames() => Assert.Equal("True\tc\n", Text(true, 'c'));

    [Fact]
    public void Write_NoKey_IsTheValueAlone() => Assert.Equal("5\n", Text(default(NoValue), 5));

    [Fact]
    public void Write_NoValue_IsTheKeyAlone() => Assert.Equal("k\n", Text("k", default(NoValue)));

    [Fact]
    public void Write_NullText_IsEmpty() => Assert.Equal("k\t\n", Text("k", (string?)null));

    [Fact]
    public void Write_Span_IsCopied()
    {
        var (file, part) = Begin<ReadOnlySpan<byte>, ReadOnlySpan<byte>>();
        part.Write("key"u8, "value"u8);
        part.Complete();
        file.Dispose();
        Assert.Equal("key\tvalue\n", File.ReadAllText(_test.Path("part")));
    }

    [Fact]
    public void Complete_RecordsAroundTheBuffersSize_AreWholeAndSummed()
    {
        var (file, part) = Begin<string, int>();
        var keys = new[] { "a", new string('x', 5 << 10), new string('b', (256 << 10) - 4), new string('c', 256 << 10), "d", new string('e', 3 << 20), "f" };
        for (var i = 0; i < keys.Length; i++) part.Write(keys[i], i);
        var output = part.Complete();
        file.Dispose();
        var bytes = File.ReadAllBytes(_test.Path("part"));
        Assert.Equal(keys.Select((key, i) => $"{key}\t{i}"), File.ReadAllLines(_test.Path("part")));
        Assert.Equal(new("part", bytes.Length, keys.Length, Crc32C.Compute(bytes)), output);
    }

    [Fact]
    public void Complete_AWriteFailedAndWasSwallowed_Throws()
    {
        using var full = new TestWorkspace(files: new FullFileSystem("part", 300 << 10));
        using var file = full.Workspace.Files.Create(full.Path("part"));
        using var part = new TextPart<string, NoValue>(file, "part", full.Workspace);
        for (var i = 0; i < 100_000; i++) Record.Exception(() => part.Write($"{i}", default));
        Assert.Throws<IOException>(() => part.Complete());
    }

    private string Text<TKey, TValue>(TKey key, TValue value)
    {
        var (file, part) = Begin<TKey, TValue>();
        part.Write(key, value);
        part.Complete();
        file.Dispose();
        return File.ReadAllText(_test.Path("part"));
    }

    private (IFileWriter File, TextPart<TKey, TValue> Part) Begin<TKey, TValue>()
        where TKey : allows ref struct
        where TValue : allows ref struct
    {
        var file = _test.Workspace.Files.Create(_test.Path("part"));
        return (file, new TextPart<TKey, TValue>(file, "part", _test.Workspace));
    }
}
