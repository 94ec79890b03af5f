using MapReduce.Input;
using MapReduce.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Map;

/// <summary>Sample, range partition and sort together: the parts in order are in order, however the keys are spread.</summary>
public class TotalOrderTests
{
    private static readonly JobPlan Plan = Job.ReadLines().Map(line => new[] { (line.Text, default(NoValue)) }).Sort().WriteText();

    [Theory]
    [InlineData(1), InlineData(2), InlineData(13)]
    public void Sort_SkewedKeys_PartsAreInOrder(int partitions)
    {
        var random = new Random(partitions);
        AssertSorted([.. Enumerable.Range(0, 20_000).Select(_ => random.Next(4) == 0 ? $"{random.Next(100_000)}" : "same")], partitions);
    }

    [Fact]
    public void Sort_AllKeysEqual_PartsAreInOrder() => AssertSorted([.. Enumerable.Repeat("same", 5_000)], 13);

    [Fact]
    public void Sort_FewerKeysThanPartitions_PartsAreInOrder() => AssertSorted([.. Enumerable.Range(0, 3_000).Select(i => $"{i % 3}")], 13);

    [Fact]
    public void Sort_NoRecords_EveryPartIsEmpty() => AssertSorted([], 3);

    [Fact]
    public void Sample_EvenKeys_PartsAreOfAboutEqualSize()
    {
        using var test = new TestWorkspace();
        var split = test.Split(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{(i * 7919L) % 50_000:D5}\n")));
        var run = test.Map(Plan, split, new RangePartitioner(5, Sample(test, split, 5)));
        Assert.All(Enumerable.Range(0, 5), partition => Assert.InRange(run.Find(partition)!.Records, 9_000, 11_000));
    }

    [Fact]
    public void Choose_CompressedFile_ReadsOnlyTheBeginning()
    {
        var probes = SampleProbes.Choose([new InputSplit([new FileRange("/a.gz", 0, 1L << 33, 1L << 33, 0, IsWhole: true)])]);
        Assert.InRange(Assert.Single(probes.Pieces).Length, 1 << 20, 8 << 20);
    }

    [Fact]
    public void Choose_PlainFiles_SpreadsAboutSixtyFourRanges()
    {
        var probes = SampleProbes.Choose([.. Enumerable.Range(0, 10).Select(i => new InputSplit([new FileRange($"/{i}", 0, 1 << 30, 1 << 30, 0)]))]);
        Assert.InRange(probes.Pieces.Count, 60, 66);
        Assert.Equal(10, probes.Pieces.Select(piece => piece.Path).Distinct().Count());
    }

    [Fact]
    public void Choose_SmallFiles_ReadsAllOfThem()
    {
        InputSplit[] splits = [.. Enumerable.Range(0, 40).Select(i => new InputSplit([new FileRange($"/{i}", 0, 100_000, 100_000, 0, IsWhole: i % 2 > 0)]))];
        Assert.Equal(splits.SelectMany(split => split.Pieces), SampleProbes.Choose(splits).Pieces);
    }

    [Fact]
    public void Sample_MapperCreatesAFile_IsOneTask()
    {
        using var test = new TestWorkspace();
        var plan = Job.ReadLines().Map(() => new Writes()).Sort().WriteText();
        var splits = Enumerable.Range(0, 3).Select(i => test.Split($"{i}\n")).ToArray();
        Assert.NotEmpty(plan.Steps[0].Sample(SampleProbes.Choose(splits), 3, StepRuns.Context(test), test.Workspace));
    }

    private sealed class Writes : IMapper<string, NoValue>
    {
        public void Setup(TaskContext task) => task.CreateTextFile("seen");

        public void Map(ReadOnlySpan<byte> line, Emitter<string, NoValue> output) => output.Emit(System.Text.Encoding.UTF8.GetString(line), default);
    }

    private static byte[] Sample(TestWorkspace test, InputSplit split, int partitions) =>
        Plan.Steps[0].Sample(SampleProbes.Choose([split]), partitions, StepRuns.Context(test), test.Workspace);

    private static void AssertSorted(string[] lines, int partitions)
    {
        using var test = new TestWorkspace();
        var splits = lines.Chunk(6_000).Select(chunk => test.Split(string.Concat(chunk.Select(line => line + "\n")))).ToArray();
        if (splits.Length == 0) splits = [test.Split("")];
        var boundaries = Sample(test, new InputSplit([.. splits.SelectMany(split => split.Pieces)]), partitions);
        var maps = splits.Select((split, i) => test.Map(Plan, split, new RangePartitioner(partitions, boundaries), $"map-{i}")).ToArray();
        var sorted = Enumerable.Range(0, partitions).SelectMany(partition => test.Reduce(Plan, partition, maps));
        Assert.Equal(lines.Order(StringComparer.Ordinal), sorted);
    }
}
