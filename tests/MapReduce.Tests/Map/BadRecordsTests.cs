using System.Text.Json;
using MapReduce.Counters;
using MapReduce.Local;
using MapReduce.Protocol;
using MapReduce.Tests.Input.Planner;

namespace MapReduce.Tests.Map;

/// <summary>Bad records that may be left out: the output is that of the good ones, and the bad ones are counted and saved.</summary>
public sealed class BadRecordsTests : IDisposable
{
    // Each of the bad ones emits before it fails.
    private static readonly string[] Lines = ["1", "2", "x", "3", "", "1", "y\u00e9", "2"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Forms => ["lambda", "emit", "mapper", "block", "records", "folded"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Run_BadRecordsWithinTheLimit_OutputIsThatOfTheGood(string form)
    {
        var status = await RunAsync(Plan(form), limit: 3);
        Assert.True(status.State == JobState.Succeeded, status.Error);
        Assert.Equal(Lines.Where(line => int.TryParse(line, out _)).CountBy(line => line).Select(count => $"{count.Key}\t{count.Value}").Order(StringComparer.Ordinal), Output());
        Assert.Equal((3, 8), (status.Counters[CounterNames.MapSkippedRecords], status.Counters[CounterNames.MapInputRecords]));
    }

    [Fact]
    public async Task Run_BadRecords_AreSavedWithPlaceAndReason()
    {
        await RunAsync(Plan("lambda"), limit: 3);
        var saved = Directory.GetFiles(_folder["out"], "_bad-records-m-*").SelectMany(File.ReadAllLines).Select(line => JsonDocument.Parse(line).RootElement).OrderBy(bad => bad.GetProperty("offset").GetInt64()).ToList();
        Assert.Equal([4, 8, 11], saved.Select(bad => bad.GetProperty("offset").GetInt64()));
        Assert.Equal(["x", "", "y\u00e9"], saved.Select(bad => bad.GetProperty("record").GetString()));
        Assert.All(saved, bad => Assert.Equal(_folder["in"], bad.GetProperty("file").GetString()));
        Assert.All(saved, bad => Assert.StartsWith("FormatException: ", bad.GetProperty("reason").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_RecordThatIsNotUtf8_IsSavedAsItIs()
    {
        File.WriteAllBytes(_folder["in"], [(byte)'1', (byte)'\n', 0xFF, 0x00, (byte)'\r', (byte)'\n']);
        var status = await RunAsync(Plan("mapper"), limit: 1, lines: null);
        Assert.True(status.State == JobState.Succeeded, status.Error);
        var saved = JsonDocument.Parse(File.ReadAllText(Assert.Single(Directory.GetFiles(_folder["out"], "_bad-records-*")))).RootElement;
        Assert.Equal([0xFF, 0x00], saved.GetProperty("recordBase64").GetBytesFromBase64());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    public async Task Run_OneMoreThanTheLimit_FailsNamingTheFirst(long splitSize)
    {
        // In splits of 4 bytes no task has more than it may: all together have.
        var status = await RunAsync(Plan("lambda"), limit: 2, splitSize: splitSize);
        Assert.Equal(JobState.Failed, status.State);
        Assert.Contains("3 records are bad, more than the 2 that may be skipped (SkipBadRecords): ", status.Error, StringComparison.Ordinal);
        Assert.Contains($"'{_folder["in"]}' at offset 4: FormatException: ", status.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]) && Directory.EnumerateFiles(_folder["out"], "*bad*").Any());
    }

    [Fact]
    public async Task Run_NoLimitGiven_FirstBadRecordFails()
    {
        var status = await RunAsync(Plan("lambda"), limit: 0, splitSize: 0);
        Assert.Equal(JobState.Failed, status.State);
        Assert.Contains($"The mapper failed on '{_folder["in"]}' at offset 4: FormatException", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AttemptThatIsRepeated_CountsItsBadRecordsOnce()
    {
        var status = await RunAsync(Job.ReadLines().Map(() => new FailsOnce()).Reduce((line, counts) => counts.Sum()).WriteText(), limit: 3, splitSize: 0);
        Assert.True(status.State == JobState.Succeeded, status.Error);
        Assert.Equal((3, 5), (status.Counters[CounterNames.MapSkippedRecords], status.Counters["good"]));
    }

    [Fact]
    public async Task Run_MapOnlyJson_SkipsWhatIsNoJson()
    {
        var plan = Job.ReadJson<int>().Map(number => (number, number * 2)).WriteText();
        var status = await RunAsync(plan, limit: 2, splitSize: 0);
        Assert.True(status.State == JobState.Succeeded, status.Error);
        // The blank line is none.
        Assert.Equal(["1\t2", "2\t4", "3\t6", "1\t2", "2\t4"], Output());
        Assert.Equal(2, status.Counters[CounterNames.MapSkippedRecords]);
    }

    [Fact]
    public async Task Run_TotalOrder_SampleSkipsToo()
    {
        var plan = Job.ReadLines().Map(line => new[] { (long.Parse(line.Text), 1L) }).Sort().WriteText();
        var status = await RunAsync(plan, limit: 3);
        Assert.True(status.State == JobState.Succeeded, status.Error);
        Assert.Equal(["1\t1", "1\t1", "2\t1", "2\t1", "3\t1"], Output());
    }

    // What cannot be read is so for every attempt; a mapper may fail for reasons of its own.
    [Theory]
    [InlineData(true, "has a bad record at offset 4: ", 1)]
    [InlineData(false, "The mapper failed on '{0}' at offset 4: ", 4)]
    public async Task Run_TotalOrderNoLimitGiven_SampleFailsAsAMapWould(bool cannotBeRead, string error, int attempts)
    {
        var plan = (cannotBeRead
            ? Job.ReadJson<long>().Map(number => (number, 1L))
            : Job.ReadLines().Map(line => new[] { (long.Parse(line.Text), 1L) })).Sort().WriteText();
        var status = await RunAsync(plan, limit: 0);
        Assert.Contains(string.Format(error, _folder["in"]), status.Error, StringComparison.Ordinal);
        Assert.Equal(attempts, status.Attempts.Failed);
    }

    private static JobPlan Plan(string form) => form switch
    {
        "lambda" => Job.ReadLines().Map(line => EmitTwice(line.Text)).Reduce((line, counts) => counts.Sum()).WriteText(),
        "folded" => Job.ReadLines().Map(line => EmitTwice(line.Text)).Combine(new Sum<long>()).Reduce((line, counts) => counts.Sum()).WriteText(),
        "emit" => Job.ReadLines().Map<ReadOnlySpan<byte>, long>((line, output) =>
        {
            output.Emit(line, 1);
            _ = int.Parse(line);
        }).Reduce((line, counts) => counts.Sum()).WriteText(),
        "mapper" => Job.ReadLines().Map(() => new Parsing()).Reduce((line, counts) => counts.Sum()).WriteText(),
        "block" => Job.ReadLines().MapBlocks(() => new ParsingBlocks()).Reduce((line, counts) => counts.Sum()).WriteText(),
        _ => Job.ReadKeyValues().SelectMany(record => EmitTwice(record.Key.ToString())).Map(pair => pair).Reduce((line, counts) => counts.Sum()).WriteText(),
    };

    // The zero is emitted before the line is looked at.
    private static IEnumerable<(string, long)> EmitTwice(string line)
    {
        yield return (line, 0);
        yield return (line, int.Parse(line) / int.Parse(line));
    }

    private Task<JobStatus> RunAsync(JobPlan plan, long limit, long splitSize = 6) => RunAsync(plan, limit, Lines, splitSize);

    private Task<JobStatus> RunAsync(JobPlan plan, long limit, string[]? lines, long splitSize = 6)
    {
        if (lines is not null) _folder.File("in", string.Concat(lines.Select(line => line + "\n")));
        var spec = new JobSpec
        {
            Job = "test",
            Inputs = [_folder["in"]],
            Output = _folder["out"],
            Reducers = 1,
            SplitSize = splitSize,
            MemoryPerSlot = 16 << 20,
            SkipBadRecords = limit,
            Steps = plan.Shapes,
        };
        return LocalCluster.RunAsync(plan, spec, new LocalClusterOptions { Workers = 2 }, null, CancellationToken.None);
    }

    private string[] Output() => [.. Directory.GetFiles(_folder["out"], "part-*").Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines)];

    private sealed class Parsing : IMapper<Utf8Text, long>
    {
        public void Map(ReadOnlySpan<byte> line, Emitter<Utf8Text, long> output)
        {
            output.Emit(new Utf8Text(System.Text.Encoding.UTF8.GetString(line)), 1);
            _ = int.Parse(line);
        }
    }

    private sealed class ParsingBlocks : IBlockMapper<ReadOnlySpan<byte>, long>
    {
        public void Map(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, long> output)
        {
            foreach (var range in lines.TrimEnd((byte)'\n').Split((byte)'\n'))
            {
                output.Emit(lines[range], 1);
                _ = int.Parse(lines[range]);
            }
        }
    }

    private sealed class FailsOnce : IMapper<string, long>
    {
        private TaskContext _task = null!;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, long> output)
        {
            _task.Count("good");
            output.Emit(int.Parse(line).ToString(), 1);
        }

        public void Finish(Emitter<string, long> output)
        {
            if (_task.Attempt == 1) throw new InvalidOperationException("once");
        }
    }
}
