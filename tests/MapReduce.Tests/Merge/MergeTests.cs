using FsCheck;
using FsCheck.Fluent;
using MapReduce.Merge;
using MapReduce.Spill;
using MapReduce.Tests.Serialization;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Merge;

public sealed class MergeTests : IDisposable
{
    private readonly TestWorkspace _test = new(TestWorkspace.Smallest);

    public void Dispose() => _test.Dispose();

    [Fact]
    public void MoveNext_AnyRuns_IsTheStableMerge()
    {
        var run = Nasty.ByteArrays.ListOf().Select(keys => keys.OrderBy(key => key, ByteOrder.Instance).ToArray());
        Prop.ForAll(Arb.From(run.ArrayOf()), runs => Merged(runs, narrow: false)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(4), InlineData(5), InlineData(7), InlineData(50)]
    public void Narrow_MoreRunsThanFanIn_KeepsTheOrderOfEqualKeys(int count)
    {
        Assert.Equal(4, _test.Workspace.FanIn);
        var random = new Random(count);
        var runs = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, random.Next(100)).Select(_ => new[] { (byte)random.Next(5) }).OrderBy(key => key[0]).ToArray()).ToArray();
        Assert.True(Merged(runs, narrow: true), $"seed {count}");
    }

    [Fact]
    public void Narrow_ManyRuns_DeletesThoseOfTheAttempt()
    {
        var runs = new List<RunFile>();
        for (var i = 0; i < 20; i++) runs.Add(_test.Write($"attempt/run-x{i}", [KeyValue.Of($"{i:D2}")]));
        var left = new RunMerger(_test.Workspace, null).Narrow(runs);
        Assert.Equal(left.Select(run => run.Path).Order(), Directory.GetFiles(_test.Directory).Order());
    }

    [Fact]
    public void Narrow_RunsOfOthers_LeavesThem()
    {
        var runs = Enumerable.Range(0, 20).Select(i => _test.Write($"x{i}", [KeyValue.Of($"{i:D2}")])).ToList();
        new RunMerger(_test.Workspace, null).Narrow(runs);
        Assert.All(runs, run => Assert.True(File.Exists(run.Path)));
    }

    [Fact]
    public void Open_ARunIsMissing_ClosesTheOthers()
    {
        var there = _test.Write("there", [KeyValue.Of("a")]);
        var gone = _test.Write("gone", [KeyValue.Of("b")]);
        File.Delete(gone.Path);
        Assert.Throws<FileNotFoundException>(() => new RunMerger(_test.Workspace, null).Open([there, gone], 0));
    }

    [Fact]
    public void MoveNext_AfterTheEnd_StaysAtTheEnd()
    {
        using var merged = new RunMerger(_test.Workspace, null).Open([_test.Write("a", [KeyValue.Of("a")]), _test.Write("b", [KeyValue.Of("b")])], 0);
        TestWorkspace.Drain(merged);
        Assert.False(merged.MoveNext());
    }

    private bool Merged(byte[][][] runs, bool narrow)
    {
        var records = runs.Select((keys, run) => keys.Select((key, position) => new KeyValue(key, BitConverter.GetBytes((run * 10_000) + position))).ToArray()).ToArray();
        var files = records.Select((list, i) => _test.Write($"run{i}", list)).ToList();
        var merger = new RunMerger(_test.Workspace, null);
        using var merged = merger.Open(narrow ? merger.Narrow(files) : files, 0);
        return TestWorkspace.Drain(merged).SequenceEqual(records.SelectMany(list => list).OrderBy(record => record.Key, ByteOrder.Instance));
    }
}
