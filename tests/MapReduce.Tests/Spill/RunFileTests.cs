using FsCheck;
using FsCheck.Fluent;
using MapReduce.Spill;
using MapReduce.Storage;
using MapReduce.Tests.Serialization;

namespace MapReduce.Tests.Spill;

public sealed class RunFileTests : IDisposable
{
    private readonly TestWorkspace _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Read_AnyRecords_GivesThemBack()
    {
        var records = Nasty.ByteArrays.Two().Select(pair => new KeyValue(pair.Item1, pair.Item2)).ListOf().Select(list => (IReadOnlyList<KeyValue>)[.. list]);
        Prop.ForAll(Arb.From(records.ArrayOf()), partitions =>
        {
            var run = RunFile.Open(PhysicalFileSystem.Instance, _test.Write("run", partitions).Path);
            return partitions.Select((expected, partition) => _test.Read(run, partition).SequenceEqual(expected)).All(same => same);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Open_EmptyPartitions_HasNoSegmentsForThem()
    {
        var run = _test.Write("run", [], [KeyValue.Of("a")], [], [], [KeyValue.Of("b")], []);
        Assert.Equal([1, 4], RunFile.Open(PhysicalFileSystem.Instance, run.Path).Segments.Select(segment => segment.Partition));
    }

    [Fact]
    public void Open_NoRecords_HasNoSegments() =>
        Assert.Empty(RunFile.Open(PhysicalFileSystem.Instance, _test.Write("run", [], []).Path).Segments);

    [Theory]
    [InlineData(65_000), InlineData(65_536), InlineData(262_144), InlineData(20 << 20)]
    public void Read_RecordsLargerThanABlock_GivesThemBack(int size)
    {
        var value = new byte[size];
        new Random(size).NextBytes(value);
        KeyValue[] records = [KeyValue.Of("a", "small"), new([1, 2], value), KeyValue.Of("b", "small"), new(value, [3]), KeyValue.Of("c")];
        Assert.Equal(records, _test.Read(_test.Write("run", records), 0));
    }

    [Fact]
    public void Read_SmallRecordsAfterALargeOne_ReadsEachByteAboutOnce()
    {
        var small = Enumerable.Range(0, 200_000).Select(i => KeyValue.Of($"{i:D8}", "value"));
        var run = _test.Write("run", [new([0], new byte[8 << 20]), .. small]);
        var files = new CountingFileSystem();
        using var counted = new TestWorkspace(files: files);
        counted.Read(run, 0);
        Assert.InRange(files.BytesRead, run.Length, run.Length * 5 / 2);
    }

    [Fact]
    public void Read_AnyByteFlipped_Throws()
    {
        var run = _test.Write("run", [KeyValue.Of("a", "1"), KeyValue.Of("b", "22")], [], [KeyValue.Of("ccc", "333")]);
        var whole = File.ReadAllBytes(run.Path);
        for (var i = 0; i < whole.Length; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[i] ^= (byte)(1 << (i % 8));
            AssertRefused(bytes, $"byte {i} of {bytes.Length}");
        }
    }

    [Fact]
    public void Read_TruncatedAnywhere_Throws()
    {
        var run = _test.Write("run", [KeyValue.Of("a", "1"), KeyValue.Of("b", "22")], [], [KeyValue.Of("ccc", "333")]);
        var whole = File.ReadAllBytes(run.Path);
        for (var length = 0; length < whole.Length; length++) AssertRefused(whole[..length], $"{length} of {whole.Length} bytes");
    }

    [Fact]
    public void Read_FileShorterThanItsSegment_Throws()
    {
        var run = _test.Write("run", [KeyValue.Of("a", "1"), KeyValue.Of("b", "22")]);
        using (var file = File.OpenWrite(run.Path)) file.SetLength(run.Segments[0].Length - 1);
        Assert.Throws<CorruptRunException>(() => _test.Read(run, 0));
    }

    [Fact]
    public void Read_FewerRecordsThanTheIndexSays_Throws()
    {
        var run = _test.Write("run", [KeyValue.Of("a", "1")]);
        var more = run with { Segments = [run.Segments[0] with { Records = 2 }] };
        Assert.Contains("1 records instead of 2", Assert.Throws<CorruptRunException>(() => _test.Read(more, 0)).Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(byte[] bytes, string what)
    {
        using var test = new TestWorkspace();
        var path = test.Path("bad");
        File.WriteAllBytes(path, bytes);
        var error = Record.Exception(() =>
        {
            var run = RunFile.Open(PhysicalFileSystem.Instance, path);
            foreach (var segment in run.Segments) test.Read(run, segment.Partition);
        });
        Assert.True(error is InvalidDataException or CorruptRunException, $"{what}: {error?.ToString() ?? "read without an error"}");
    }
}
