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
    public void Write_Times_AreIso8601() => Assert.Equal(
        "2026-07-01T12:00:00.0000000Z\t2026-07-01\t13:30:00.0000000\t2026-07-01T12:00:00.0000000+02:00\t1.02:00:00\n",
        Text(new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc), (new DateOnly(2026, 7, 1), new TimeOnly(13, 30), new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2)), TimeSpan.FromHours(26))));

    [Fact]
    public void Write_DecimalGuidAndEnum_CanBeReadBack() => Assert.Equal(
        "-1.50\t00112233-4455-6677-8899-aabbccddeeff\tMonday\t42\n",
        Text(-1.50m, (Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), DayOfWeek.Monday, (DayOfWeek)42)));

    [Fact]
    public void Write_Record_IsItsMembersWithTabsBetween() => Assert.Equal(
        "k\ta\t\t3\t4.5\t\n", Text("k", new Reading("a", null, 3, 4.5, null)));

    [Fact]
    public void Write_AnonymousType_IsItsMembersWithTabsBetween() => Assert.Equal("a\t1\n", Text(new { Word = "a" }, new { Count = 1 }));

    [Fact]
    public void Write_LongTuple_IsItsItemsWithTabsBetween() => Assert.Equal("1\t2\t3\t4\t5\t6\n", Text((1, 2, 3, 4, 5), 6));

    [Fact]
    public void Write_Lists_AreTheirItemsWithTabsBetween() => Assert.Equal("1\t2\ta\tb\n", Text(new[] { 1, 2 }, new List<string> { "a", "b" }));

    [Fact]
    public void Write_Descending_IsItsValue() => Assert.Equal("5\t6\n", Text(new Descending<int>(5), 6));

    [Fact]
    public void Write_OwnToString_IsUsed() => Assert.Equal("own\t\n", Text(new OwnText(1), (Uri?)null));

    [Fact]
    public void Write_SequenceThatIsReadOnce_IsRefused() =>
        Assert.Contains("ToList()", Assert.Throws<NotSupportedException>(() => Text(1, Enumerable.Range(0, 1).Where(_ => true))).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_RecordThatContainsItself_IsRefused() =>
        Assert.Contains("contains itself", Assert.Throws<NotSupportedException>(() => Text(1, new Chain(1, null))).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_NoKey_IsTheValueAlone() => Assert.Equal("5\n", Text(default(NoValue), 5));

    [Fact]
    public void Write_NoValue_IsTheKeyAlone() => Assert.Equal("k\n", Text("k", default(NoValue)));

    [Fact]
    public void Write_NullText_IsEmpty() => Assert.Equal("k\t\n", Text("k", (string?)null));

    [Fact]
    public void Write_Span_IsCopied()
    {
        var part = Begin<ReadOnlySpan<byte>, ReadOnlySpan<byte>>();
        part.Write("key"u8, "value"u8);
        part.Complete();
        Assert.Equal("key\tvalue\n", File.ReadAllText(_test.Path("part")));
    }

    [Fact]
    public void Complete_RecordsAroundTheBuffersSize_AreWholeAndSummed()
    {
        var part = Begin<string, int>();
        var keys = new[] { "a", new string('x', 5 << 10), new string('b', (256 << 10) - 4), new string('c', 256 << 10), "d", new string('e', 3 << 20), "f" };
        for (var i = 0; i < keys.Length; i++) part.Write(keys[i], i);
        var output = part.Complete();
        var bytes = File.ReadAllBytes(_test.Path("part"));
        Assert.Equal(keys.Select((key, i) => $"{key}\t{i}"), File.ReadAllLines(_test.Path("part")));
        Assert.Equal(new("part", bytes.Length, keys.Length, Crc32C.Compute(bytes)), output);
    }

    [Fact]
    public void Complete_AWriteFailedAndWasSwallowed_Throws()
    {
        using var full = new TestWorkspace(files: new FullFileSystem("part", 300 << 10));
        using var sink = Sink(full);
        var part = new TextPart<string, NoValue>(sink, 256 << 10, skipsEmpty: false);
        for (var i = 0; i < 100_000; i++) Record.Exception(() => part.Write($"{i}", default));
        Assert.Throws<IOException>(() => part.Complete());
    }

    private string Text<TKey, TValue>(TKey key, TValue value)
    {
        var part = Begin<TKey, TValue>();
        part.Write(key, value);
        part.Complete();
        return File.ReadAllText(_test.Path("part"));
    }

    private TextPart<TKey, TValue> Begin<TKey, TValue>()
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        new(Sink(_test), 256 << 10, skipsEmpty: false);

    private static OutputSink Sink(TestWorkspace test) => new("part", OutputCompression.None, name => test.Workspace.Files.Create(test.Path(name)), test.Workspace);

    private sealed record Reading(string Name, string? Unit, int Count, double Value, int? Error);

    private sealed record Chain(int Value, Chain? Next);

    private sealed record OwnText(int Value)
    {
        public override string ToString() => "own";
    }
}
