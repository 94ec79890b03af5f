using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Worker;

/// <summary>Whose fault a failed attempt is, and that it leaves nothing behind.</summary>
public class AttemptRunnerTests
{
    private static readonly JobPlan WordCount = Words().Combine(new Sum<long>()).Reduce((_, values) => values.Sum()).WriteText();

    [Fact]
    public async Task Run_MapsAndReduce_CountsWords()
    {
        using var fixture = new AttemptRunnerFixture(WordCount);
        var maps = new[] { await fixture.Run(AttemptRunnerFixture.MapLease(fixture.Input("a", "x y\nx\n"), 0)), await fixture.Run(AttemptRunnerFixture.MapLease(fixture.Input("b", "y z\n"), 1)) };
        var reduce = AttemptRunnerFixture.ReduceLease(maps.Length);
        var result = await fixture.Run(reduce);
        Assert.Equal("x\t2\ny\t2\nz\t1\n", File.ReadAllText(Path.Combine(fixture.Output.Path(reduce.Task, reduce.Token), "part-r-00000")));
        Assert.Equal((3L, 1), (result.Counters[CounterNames.ReduceOutputRecords], fixture.Output.Sealed));
        Assert.Equal(4, result.Counters[CounterNames.ReduceInputRecords]);
    }

    [Fact]
    public async Task Run_MapOnly_WritesItsPart()
    {
        using var fixture = new AttemptRunnerFixture(Words().WriteText());
        var lease = AttemptRunnerFixture.MapLease(fixture.Input("a", "x y\n"), 3, reducers: 0);
        var result = await fixture.Run(lease);
        Assert.Equal(("part-m-00003", 8L, 2L), (result.Files[0].Name, result.Files[0].Length, result.Files[0].Records));
    }

    [Fact]
    public async Task Run_SampleOfAMapperThatCounts_LeavesCountersToTheMaps()
    {
        using var fixture = new AttemptRunnerFixture(Job.ReadLines().Map(() => new Counting()).TotalOrder().Reduce((_, values) => values.Sum()).WriteText());
        var map = AttemptRunnerFixture.MapLease(fixture.Input("a", "x\ny\n"), reducers: 2);
        var sample = await fixture.Run(map with { Task = new TaskId(0, TaskKind.Sample, 0), Split = null, SampledSplits = [map.Split!] });
        Assert.Empty(sample.Counters);
        Assert.Equal(2, (await fixture.Run(map with { Boundaries = sample.Boundaries })).Counters["lines"]);
    }

    [Fact]
    public async Task Run_MapperThrows_IsTheUsersWithFileAndOffset()
    {
        using var fixture = new AttemptRunnerFixture(Job.ReadLines().Map(line => line.Text == "bad" ? throw new FormatException("oops") : new[] { (line.Text, 1L) }).Sort().WriteText());
        var input = fixture.Input("a", "good\nbad\n");
        var failure = await fixture.Fail(AttemptRunnerFixture.MapLease(input));
        Assert.Equal(new(FailureKind.User, $"The mapper failed on '{input.Path}' at offset 5: FormatException: oops"), failure);
        Assert.DoesNotContain(fixture.Left, path => path != input.Path);
    }

    [Fact]
    public async Task Run_MapperTimesOutByItself_IsTheUsers()
    {
        using var fixture = new AttemptRunnerFixture(Job.ReadLines().Map<string, long>(_ => throw new TaskCanceledException("HTTP timed out")).Sort().WriteText());
        Assert.Equal(FailureKind.User, (await fixture.Fail(AttemptRunnerFixture.MapLease(fixture.Input("a", "x\n")))).Kind);
    }

    [Fact]
    public async Task Run_MapperReadsAMissingFile_IsTheUsers()
    {
        using var fixture = new AttemptRunnerFixture(Job.ReadLines().Map<string, long>(_ => throw new FileNotFoundException("no dictionary")).Sort().WriteText());
        Assert.Equal(FailureKind.User, (await fixture.Fail(AttemptRunnerFixture.MapLease(fixture.Input("a", "x\n")))).Kind);
    }

    [Fact]
    public async Task Run_CombinerThrows_IsTheUsers()
    {
        using var fixture = new AttemptRunnerFixture(Words().CombineValues((_, _) => throw new FormatException("oops")).Reduce((_, values) => values.Sum()).WriteText());
        Assert.Equal(new(FailureKind.User, "The combiner failed: FormatException: oops"), await fixture.Fail(AttemptRunnerFixture.MapLease(fixture.Input("a", "x\n"))));
    }

    [Fact]
    public async Task Run_ReducerThrows_IsTheUsersAndLeavesOnlyTheMapOutput()
    {
        using var fixture = new AttemptRunnerFixture(Words().Reduce<ReadOnlySpan<byte>, long>(() => new Failing()).WriteText());
        var map = await fixture.Run(AttemptRunnerFixture.MapLease(fixture.Input("a", "x\n")));
        Assert.Equal(new(FailureKind.User, "The reducer failed on key 'x': FormatException: oops"), await fixture.Fail(AttemptRunnerFixture.ReduceLease()));
        Assert.Equal([fixture.MapOutput()], fixture.Left);
    }

    [Fact]
    public async Task Run_InputChanged_IsFinal()
    {
        using var fixture = new AttemptRunnerFixture(WordCount);
        var input = fixture.Input("a", "x\n");
        File.WriteAllText(input.Path, "x y\n");
        var failure = await fixture.Fail(AttemptRunnerFixture.MapLease(input));
        Assert.Equal((FailureKind.User, true), (failure.Kind, failure.IsFinal));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Run_MapOutputUnreadable_NamesTheMap(bool isCorrupt)
    {
        using var fixture = new AttemptRunnerFixture(WordCount);
        var maps = new[] { await fixture.Run(AttemptRunnerFixture.MapLease(fixture.Input("a", "x\n"), 0)), await fixture.Run(AttemptRunnerFixture.MapLease(fixture.Input("b", "y\n"), 1)) };
        if (isCorrupt)
        {
            var bytes = File.ReadAllBytes(fixture.MapOutput(1));
            bytes[13] ^= 1;
            File.WriteAllBytes(fixture.MapOutput(1), bytes);
        }
        else
        {
            Directory.Delete(Path.GetDirectoryName(fixture.MapOutput(1))!, recursive: true);
        }

        var failure = await fixture.Fail(AttemptRunnerFixture.ReduceLease(maps.Length));
        Assert.Equal(FailureKind.Fetch, failure.Kind);
        Assert.Equal([new(1, AttemptRunnerFixture.Token, isCorrupt ? FetchFault.Corrupt : FetchFault.Gone)], failure.FetchFailures!);
    }

    [Theory]
    [InlineData("output", false), InlineData("part-", true)]
    public async Task Run_DiskFull_IsTheWorkers(string file, bool isOnlyHost)
    {
        using var fixture = new AttemptRunnerFixture(file == "part-" ? Words().WriteText() : WordCount, new FullFileSystem(file, 0), isOnlyHost);
        var failure = await fixture.Fail(AttemptRunnerFixture.MapLease(fixture.Input("a", "x\n"), reducers: file == "part-" ? 0 : 1));
        Assert.Equal((FailureKind.Worker, isOnlyHost), (failure.Kind, failure.IsFinal));
        Assert.Contains("disk is full", failure.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Left);
    }

    [Fact]
    public async Task Run_DiskFullWrappedByTheMapper_IsTheWorkers()
    {
        using var fixture = new AttemptRunnerFixture(Job.ReadLines().Map<ReadOnlySpan<byte>, NoValue>(EmitAndWrap).WriteText(), new FullFileSystem("part-", 0));
        var lease = AttemptRunnerFixture.MapLease(fixture.Input("a", string.Concat(Enumerable.Repeat("a line\n", 100_000))), reducers: 0);
        Assert.Equal(FailureKind.Worker, (await fixture.Fail(lease)).Kind);
    }

    [Fact]
    public async Task Run_Cancelled_StopsAndLeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        using var fixture = new AttemptRunnerFixture(Job.ReadLines().Map(line =>
        {
            stop.Cancel();
            return new[] { (line.Text, 1L) };
        }).WriteText());
        var lease = AttemptRunnerFixture.MapLease(fixture.Input("a", string.Concat(Enumerable.Repeat("a line\n", 1_000_000))), reducers: 0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Run(lease, stop.Token));
        Assert.Empty(fixture.Left);
    }

    private static Pairs<ReadOnlySpan<byte>, long> Words() => Job.ReadLines().Map<ReadOnlySpan<byte>, long>((line, output) =>
    {
        foreach (var word in new Utf8Words(line)) output.Emit(word, 1);
    });

    private static void EmitAndWrap(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, NoValue> output)
    {
        try
        {
            output.Emit(line, default);
        }
        catch (IOException error)
        {
            throw new InvalidOperationException("cannot emit", error);
        }
    }

    private sealed class Counting : IMapper<ReadOnlySpan<byte>, long>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, long> output)
        {
            _task!.Count("lines");
            output.Emit(line, 1);
        }
    }

    private sealed class Failing : IReducer<ReadOnlySpan<byte>, long, ReadOnlySpan<byte>, long>
    {
        public void Reduce(ReadOnlySpan<byte> key, ref Values<long> values, Writer<ReadOnlySpan<byte>, long> output) => throw new FormatException("oops");
    }
}
