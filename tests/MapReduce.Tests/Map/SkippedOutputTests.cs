using System.Buffers;
using System.Globalization;
using System.Text;
using MapReduce.Counters;
using MapReduce.Local;
using MapReduce.Protocol;
using MapReduce.Tests.Input.Planner;

namespace MapReduce.Tests.Map;

/// <summary>What a bad record wrote before it failed: nothing of it is left. The reference is a run that skips nothing, over an input without the bad records.</summary>
public sealed class SkippedOutputTests : IDisposable
{
    private const int Seed = 41;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, OutputCompression> Outputs
    {
        get
        {
            var all = new TheoryData<string, OutputCompression>();
            foreach (var output in (string[])["text", "json", "own", "beside"])
                foreach (var compression in Enum.GetValues<OutputCompression>()) all.Add(output, compression);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task Run_MapOnly_WritesTheBytesOfARunWithoutTheBad(string output, OutputCompression compression)
    {
        var random = new Random(Seed);
        string[] good = [.. Enumerable.Range(0, 12_000).Select(line => random.Next(1000).ToString(CultureInfo.InvariantCulture) + (line % 7 == 0 ? ".50" : ""))];
        List<string> mixed = [.. good];
        for (var i = 0; i < 40; i++) mixed.Insert(i < 2 ? 0 : random.Next(mixed.Count + 1), i % 2 == 0 ? "bad" : $"{new string('9', 200_000)}");
        var plan = Plan(output, new OutputOptions { Compression = compression });
        var expected = await FilesOfAsync(plan, "good", good, limit: 0);
        var skipped = await FilesOfAsync(plan, "mixed", mixed, limit: 40);
        Assert.Equal(expected.Keys, skipped.Keys);
        foreach (var (name, bytes) in expected) Assert.True(bytes.AsSpan().SequenceEqual(skipped[name]), $"seed {Seed}: {name} differs");
    }

    [Fact]
    public async Task Run_FilesBeside_HaveNothingOfTheBad()
    {
        string[] good = ["1", "22", "333", "4", "again 22"];
        var plan = Job.ReadLines().Map(() => new WritesBeside()).WriteText();
        // The first to ask for a name is bad, closes what others opened, or fails before it has a file of its own.
        string[] mixed = ["22 bad", "shared bad", "1", "close bad", "22", "333", "333 bad", "4", "again 22", "5 bad"];
        var expected = await FilesOfAsync(plan, "good", good, limit: 0);
        var skipped = await FilesOfAsync(plan, "mixed", mixed, limit: 5);
        Assert.Equal(expected.Keys, skipped.Keys);
        Assert.All(expected, file => Assert.Equal(Encoding.UTF8.GetString(file.Value), Encoding.UTF8.GetString(skipped[file.Key])));
        Assert.Contains("own-22-m-00000", expected.Keys);
    }

    [Fact]
    public async Task Run_BadRecordsAskForMoreFilesThanMayBeOpen_LeavesRoomForThoseOfTheGood()
    {
        string[] mixed = [.. Enumerable.Range(0, 1100).Select(i => $"bad{i}"), "a", "b"];
        var files = await FilesOfAsync(Job.ReadLines().Map(() => new NamesOutputs()).WriteText(), "in", mixed, limit: 1100);
        Assert.Equal(["a-m-00000", "b-m-00000", "part-m-00000"], files.Keys);
    }

    [Fact]
    public async Task Run_SetupBeforeABadRecord_StaysCountedAndWritten()
    {
        var (status, output) = await RunAsync(Job.ReadLines().Map(() => new CountsInSetup()).WriteText(), "in", ["bad"], limit: 1);
        Assert.Equal(1, status.Counters["begun"]);
        Assert.Equal("begun", File.ReadAllText(Path.Combine(output, "log-m-00000")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_PartitionerOrOrderThrows_RecordIsSkippedWhole(bool inOrder)
    {
        var pairs = Job.ReadLines().Map(line => new[] { ("before", line.Text), (line.Text, line.Text), ("after", line.Text) });
        var sent = inOrder ? pairs.SortValuesBy(value => int.Parse(value)) : pairs.PartitionBy(key => key is "before" or "after" ? 0 : int.Parse(key));
        var (status, output) = await RunAsync(sent.Reduce((key, values) => string.Join(' ', values)).WriteText(), "in", ["2", "bad", "1"], limit: 1);
        Assert.True(status.State == JobState.Succeeded, status.Error);
        Assert.Equal(["1\t1", "2\t2", inOrder ? "after\t1 2" : "after\t2 1", inOrder ? "before\t1 2" : "before\t2 1"], File.ReadAllLines(Path.Combine(output, "part-r-00000")));
        Assert.Equal((1, 6), (status.Counters[CounterNames.MapSkippedRecords], status.Counters[CounterNames.MapOutputRecords]));
    }

    [Fact]
    public async Task Run_CombinerThrowsAsARecordIsSentOn_FailsNamingFileAndOffset()
    {
        var plan = Job.ReadLines().Map(line => new[] { (line.Text, 1L) }).Combine((_, _) => throw new FormatException("no sum")).Reduce((_, counts) => counts.Sum()).WriteText();
        var (status, _) = await RunAsync(plan, "in", [.. Enumerable.Repeat("x", 1000)], limit: 1);
        Assert.Equal(JobState.Failed, status.State);
        Assert.Matches($"The mapper failed on '{_folder["in"]}' at offset \\d+: FormatException: no sum", status.Error);
    }

    [Fact]
    public async Task Run_MapOnly_CountsTheOutputOfTheGood()
    {
        var (status, _) = await RunAsync(Plan("text", OutputOptions.Default), "in", ["1", "bad", "2"], limit: 1);
        Assert.Equal((1, 3, 4), (status.Counters[CounterNames.MapSkippedRecords], status.Counters[CounterNames.MapInputRecords], status.Counters[CounterNames.MapOutputRecords]));
    }

    // Each writes before it looks, a long line for a line of many digits; amounts are of a type without a codec.
    private static JobPlan Plan(string output, OutputOptions options) => output switch
    {
        "text" => Amounts().WriteText(options),
        "json" => Amounts().WriteJson((text, amount) => new { text, amount.Value }, options: options),
        "own" => Amounts().Write(new NumberedFormat { Options = options }),
        _ => Job.ReadLines().Map(() => new WritesOutputs(options)).WriteText(),
    };

    private static Pairs<string, Amount> Amounts() => Job.ReadLines().Map(line => Emit(line.Text));

    private static IEnumerable<(string, Amount)> Emit(string text)
    {
        yield return (text, new Amount(0));
        yield return (text, new Amount(Parse(text)));
    }

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private async Task<SortedDictionary<string, byte[]>> FilesOfAsync(JobPlan plan, string name, IEnumerable<string> lines, long limit)
    {
        var (status, output) = await RunAsync(plan, name, lines, limit);
        Assert.True(status.State == JobState.Succeeded, status.Error);
        Assert.Equal(limit, status.Counters.GetValueOrDefault(CounterNames.MapSkippedRecords));
        return new(Directory.GetFiles(output).Where(path => !Path.GetFileName(path).StartsWith('_')).ToDictionary(path => Path.GetFileName(path)!, File.ReadAllBytes), StringComparer.Ordinal);
    }

    private async Task<(JobStatus Status, string Output)> RunAsync(JobPlan plan, string name, IEnumerable<string> lines, long limit)
    {
        _folder.File(name, string.Concat(lines.Select(line => line + "\n")));
        var spec = new JobSpec
        {
            Job = "test",
            Inputs = [_folder[name]],
            Output = _folder[name + "-out"],
            Reducers = 1,
            SplitSize = 1 << 30,
            MemoryPerSlot = 16 << 20,
            SkipBadRecords = limit,
            Steps = plan.Shapes,
        };
        return (await LocalCluster.RunAsync(plan, spec, new LocalClusterOptions { Workers = 1 }, null, CancellationToken.None), spec.Output);
    }

    /// <summary>A number whose digits behind the point are kept, in a type that no codec knows.</summary>
    private sealed class Amount(decimal value)
    {
        private readonly decimal _value = value;

        public decimal Value => _value;

        public override string ToString() => _value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Has a beginning and an end.</summary>
    private sealed class NumberedFormat : OutputFormat<string, Amount>
    {
        public override RecordWriter<string, Amount> Open() => new Writer();

        private sealed class Writer : RecordWriter<string, Amount>
        {
            public override void Begin(IBufferWriter<byte> file) => file.Write("begin\n"u8);

            public override void Write(string key, Amount value, IBufferWriter<byte> file) => file.Write(Encoding.UTF8.GetBytes($"{key}={value}\n"));

            public override void End(IBufferWriter<byte> file) => file.Write("end\n"u8);
        }
    }

    /// <summary>Writes to a named output, and to a file of bytes.</summary>
    private sealed class WritesOutputs(OutputOptions options) : IMapper<string, decimal>
    {
        private TaskContext _task = null!;
        private Stream? _bytes;
        private TextWriter? _text;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, decimal> output)
        {
            var text = Encoding.UTF8.GetString(line);
            _task.Output("typed", new NumberedFormat { Options = options }).Write(text, new Amount(1.10m));
            (_bytes ??= _task.CreateFile("bytes.bin")).Write(line);
            if (line.Length > 2) _bytes.Flush();
            (_text ??= _task.CreateTextFile("text.txt")).WriteLine($"<{text}>");
            output.Emit(text, Parse(text));
            _task.Count("good");
        }

        public void Finish(Emitter<string, decimal> output)
        {
            _bytes?.Dispose();
            _text?.Dispose();
            output.Emit("last", 1.000m);
        }
    }

    /// <summary>Writes a file for each line, and one for all.</summary>
    private sealed class WritesBeside : IMapper<string, NoValue>
    {
        private TaskContext _task = null!;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, NoValue> output)
        {
            var words = Encoding.UTF8.GetString(line).Split(' ');
            if (words[0] == "again")
            {
                Assert.Throws<InvalidOperationException>(() => _task.CreateFile($"own-{words[1]}"));
                return;
            }

            _task.Output<string, NoValue>(words[0] == "shared" ? "only-bad" : "shared").Write(words[0], default);
            // A name that was taken by a bad record, closed or not, is free again.
            if (words is ["333", "bad"]) words[0] = "333b";
            using (var own = _task.CreateFile($"own-{words[0]}")) own.Write(line);
            if (words is [_, "bad"]) throw new FormatException("bad");
        }
    }

    /// <summary>Names an output by each line, and then looks at it.</summary>
    private sealed class NamesOutputs : IMapper<string, NoValue>
    {
        private TaskContext _task = null!;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, NoValue> output)
        {
            _task.Output<string, NoValue>(Encoding.UTF8.GetString(line)).Write("seen", default);
            if (line.StartsWith("bad"u8)) throw new FormatException("bad");
        }
    }

    private sealed class CountsInSetup : IMapper<string, NoValue>
    {
        public void Setup(TaskContext task)
        {
            task.Count("begun");
            task.CreateTextFile("log").Write("begun");
        }

        public void Map(ReadOnlySpan<byte> line, Emitter<string, NoValue> output) => throw new FormatException("bad");
    }
}
