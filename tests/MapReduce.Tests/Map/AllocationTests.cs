using MapReduce.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Map;

/// <summary>Nothing is allocated for a record: a million of them cost no more than the buffers.</summary>
public class AllocationTests
{
    private const int Records = 1_000_000;
    private const long Buffers = 1 << 20;

    [Fact]
    public void Map_MillionLinesFolded_AllocatesOnlyBuffers() =>
        AssertMapAllocates(Job.ReadLines().Map<ReadOnlySpan<byte>, long>((line, output) => output.Emit(line, 1)).Combine(new Sum<long>()).Reduce((_, values) => values.Sum()).WriteText());

    [Fact]
    public void Map_MillionWordsOfBlocks_AllocatesOnlyBuffers() =>
        AssertMapAllocates(Job.ReadLines().MapBlocks(() => new WordMapper()).Combine(new Sum<long>()).Reduce((_, values) => values.Sum()).WriteText());

    [Fact]
    public void Map_MillionLinesSorted_AllocatesOnlyBuffers() =>
        AssertMapAllocates(Job.ReadLines().Map<ReadOnlySpan<byte>, ReadOnlySpan<byte>>((line, output) => output.Emit(line, line)).Sort().WriteText());

    [Fact]
    public void Map_MillionRecordsOfAFormat_AllocatesOnlyBuffers() =>
        AssertMapAllocates(Job.ReadKeyValues().Where(record => record.Key.Length > 0).Map(record => (record.Key, 1L)).Combine(new Sum<long>()).Reduce((_, values) => values.Sum()).WriteText());

    [Fact]
    public void MapToOutput_MillionTexts_AllocatesOnlyBuffers()
    {
        using var test = new TestWorkspace(64 << 20);
        var plan = Job.ReadLines().Map<Utf8Text, NoValue>(() => new TextMapper()).WriteText();
        var split = Lines(test);
        AssertAllocates(() =>
        {
            var task = StepRuns.Context(test);
            plan.Steps[0].MapToOutput(split, task, test.Workspace);
            task.Files.Complete();
        });
    }

    [Fact]
    public void Reduce_MillionRecords_AllocatesOnlyBuffers()
    {
        using var test = new TestWorkspace(64 << 20);
        var plan = Job.ReadLines().Map<ReadOnlySpan<byte>, ReadOnlySpan<byte>>((line, output) => output.Emit(line, line)).Reduce(() => new Counter()).WriteText();
        var map = test.Map(plan, Lines(test));
        AssertAllocates(() =>
        {
            var task = StepRuns.Context(test);
            plan.Steps[0].Reduce(StepRuns.Segments(0, map), task, test.Workspace);
            task.Files.Complete();
        });
    }

    [Fact]
    public void Map_TenThousandSmallFiles_ShareOneBuffer()
    {
        using var test = new TestWorkspace();
        var plan = Job.ReadLines().Map<ReadOnlySpan<byte>, long>((line, output) => output.Emit(line, 1)).Combine(new Sum<long>()).Reduce((_, values) => values.Sum()).WriteText();
        var split = test.Split([.. Enumerable.Range(0, 10_000).Select(i => "a line\n"u8.ToArray())]);
        AssertAllocates(() => test.Map(plan, split), Buffers + (10_000 * 4_096));
    }

    private static void AssertMapAllocates(JobPlan plan)
    {
        using var test = new TestWorkspace(64 << 20);
        var split = Lines(test);
        AssertAllocates(() => test.Map(plan, split));
    }

    private static void AssertAllocates(Action run, long atMost = Buffers)
    {
        run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        run();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, atMost);
    }

    private static MapReduce.Input.InputSplit Lines(TestWorkspace test) =>
        test.Split(string.Concat(Enumerable.Range(0, Records).Select(i => $"{i % 5_000}\n")));

    private sealed class WordMapper : IBlockMapper<ReadOnlySpan<byte>, long>
    {
        public void Map(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, long> output)
        {
            foreach (var word in new Utf8Words(lines)) output.Emit(word, 1);
        }
    }

    private sealed class TextMapper : IMapper<Utf8Text, NoValue>
    {
        private readonly Utf8Text _text = new("some text");

        public void Map(ReadOnlySpan<byte> line, Emitter<Utf8Text, NoValue> output) => output.Emit(_text, default);
    }

    private sealed class Counter : IReducer<ReadOnlySpan<byte>, ReadOnlySpan<byte>, ReadOnlySpan<byte>, long>
    {
        public void Reduce(ReadOnlySpan<byte> key, ref Values<ReadOnlySpan<byte>> values, Writer<ReadOnlySpan<byte>, long> output)
        {
            var count = 0L;
            foreach (var value in values) count += value.Length;
            output.Write(key, count);
        }
    }
}
