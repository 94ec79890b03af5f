using MapReduce.Input;
using MapReduce.Local;
using MapReduce.Map;
using MapReduce.Protocol;
using MapReduce.Tests.Input.Planner;
using MapReduce.Tests.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Programming;

/// <summary>Records of inputs on their way to a mapper, against LINQ over the same lines.</summary>
public sealed class RecordsTests : IDisposable
{
    private static readonly string[] Orders = ["ann\t3", "bob\t5", "ann\t4", "cat\t1", "bob\t-2"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Map_LinqShapes_GiveWhatLinqGives()
    {
        var expected = Orders.Select(order => order.Split('\t')).Where(order => order[0] != "cat").SelectMany(order => new[] { order[0], order[0].ToUpperInvariant() })
            .GroupBy(name => name).Select(group => $"{group.Key}\t{group.Count()}").Order(StringComparer.Ordinal);
        var plan = Job.ReadKeyValues()
            .Where(order => order.Key != new Utf8Text("cat"))
            .Select(order => order.Key.ToString())
            .SelectMany(name => new[] { name, name.ToUpperInvariant() })
            .Map(name => (name, 1L))
            .Reduce((name, counts) => counts.Sum())
            .WriteText();
        Assert.Equal(expected, await RunAsync(plan, ("orders", Orders)));
    }

    [Fact]
    public async Task Map_LinesWithLinqShapes_GiveWhatLinqGives()
    {
        var expected = Orders.Where(order => order.Length > 5).Select(order => order[..3]).CountBy(name => name).Select(pair => $"{pair.Key}\t{pair.Value}").Order(StringComparer.Ordinal);
        var plan = Job.ReadLines().Where(line => line.Utf8.Length > 5).Select(line => line.Text[..3]).Map(name => (name, 1)).Reduce((name, counts) => counts.Sum()).WriteText();
        Assert.Equal(expected, await RunAsync(plan, ("orders", Orders)));
    }

    [Fact]
    public async Task Map_RecordMapper_IsSetUpOnceAndFinishes()
    {
        var plan = Job.ReadKeyValues().Map(() => new CountingMapper()).WriteText();
        Assert.Equal(["ann\t1", "bob\t2", "ann\t3", "cat\t4", "bob\t5", "end\t5"], await RunAsync(plan, ("orders", Orders)));
    }

    [Fact]
    public async Task Map_EmittingLambda_Emits()
    {
        var plan = Job.ReadKeyValues().Map<Utf8Text, Utf8Text>((order, output) => output.Emit(order.Value, order.Key)).WriteText();
        Assert.Equal(["3\tann", "5\tbob", "4\tann", "1\tcat", "-2\tbob"], await RunAsync(plan, ("orders", Orders)));
    }

    [Fact]
    public async Task Map_LambdaThrows_NamesFileAndOffset()
    {
        var plan = Job.ReadKeyValues().Map(order => (order.Key.ToString(), 7 / long.Parse(order.Value.ToString()))).WriteText();
        var failed = await FailAsync(plan, ("orders", ["a\t1", "b\t0"]));
        Assert.Contains($"The mapper failed on '{_folder["orders"]}' at offset 4: DivideByZeroException", failed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concat_NamedInputsOfTwoFormats_EachReadsItsOwn()
    {
        var plan = Job.ReadKeyValues(input: "orders").Map(order => (order.Key.ToString(), "order " + order.Value))
            .Concat(Job.ReadFixed(4, "codes").Map(code => (System.Text.Encoding.ASCII.GetString(code.Span[..3]), "code " + (char)code.Span[3])))
            .Reduce((name, values) => string.Join(',', values.Order(StringComparer.Ordinal)))
            .WriteText();
        Assert.Equal(["orders", "codes"], plan.Inputs.Select(input => input.Name));
        var lines = await RunAsync(plan, ("orders", Orders), ("codes", ["ann1bob2ann3"]));
        Assert.Equal(["ann\tcode 1,code 3,order 3,order 4", "bob\tcode 2,order -2,order 5", "cat\torder 1"], lines);
    }

    [Fact]
    public async Task Concat_OneInputMappedTwice_IsReadByBoth()
    {
        var lines = Job.ReadLines();
        var plan = lines.Map(line => new[] { (line.Text, 1L) }).Concat(lines.Map(line => new[] { ("all", 1L) })).Combine((a, b) => a + b).Reduce((key, counts) => counts.Sum()).WriteText();
        Assert.Equal(["a\t2", "all\t3", "b\t1"], await RunAsync(plan, ("letters", ["a", "b", "a"])));
    }

    [Fact]
    public void Concat_NamedAndUnnamed_IsRefused()
    {
        var named = Job.ReadLines("one").Map(line => new[] { (line.Text, 1L) });
        var refused = Assert.Throws<ArgumentException>(() => named.Concat(Job.ReadLines().Map(line => new[] { (line.Text, 1L) })));
        Assert.Contains("name the inputs of both", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Concat_OtherHasCombiner_IsRefused()
    {
        var pairs = Job.ReadLines().Map(line => new[] { (line.Text, 1L) });
        Assert.Throws<ArgumentException>(() => pairs.Concat(pairs.Combine((a, b) => a + b)));
    }

    [Fact]
    public void Map_FormatThatIsNotCutOverACutFile_IsRefused()
    {
        using var test = new TestWorkspace();
        var plan = Job.ReadFiles().Map(file => (file.Path, 1L)).Reduce((path, counts) => counts.Sum()).WriteText();
        var piece = Assert.Single(test.Split("some text").Pieces);
        Assert.Throws<InvalidOperationException>(() => test.Map(plan, new InputSplit([piece with { Length = 4 }])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    public void ReadLines_NameThatCannotBe_IsRefused(string name) => Assert.Throws<ArgumentException>(() => Job.ReadLines(name));

    // Splits of a few bytes, so that files are cut and share tasks.
    private async Task<JobStatus> StatusAsync(JobPlan plan, (string Name, string[] Lines)[] inputs)
    {
        foreach (var (name, lines) in inputs) _folder.File(name, name == "codes" ? lines[0] : string.Concat(lines.Select(line => line + "\n")));
        var hasNames = plan.Inputs.Any(input => input.Name is not null);
        var spec = new JobSpec
        {
            Job = "test",
            Inputs = [.. inputs.Select(input => hasNames ? $"{input.Name}={_folder[input.Name]}" : _folder[input.Name])],
            Output = _folder["out"],
            Reducers = 1,
            SplitSize = plan.Shapes[0].HasReduce ? 7 : 0,
            MemoryPerSlot = 16 << 20,
            Steps = plan.Shapes,
        };
        return await LocalCluster.RunAsync(plan, spec, new LocalClusterOptions { Workers = 2 }, null, CancellationToken.None);
    }

    private async Task<string[]> RunAsync(JobPlan plan, params (string Name, string[] Lines)[] inputs)
    {
        var status = await StatusAsync(plan, inputs);
        Assert.True(status.State == JobState.Succeeded, status.Error);
        return [.. Directory.GetFiles(_folder["out"], "part-*").SelectMany(File.ReadAllLines)];
    }

    private async Task<string> FailAsync(JobPlan plan, params (string Name, string[] Lines)[] inputs)
    {
        var status = await StatusAsync(plan, inputs);
        Assert.Equal(JobState.Failed, status.State);
        return status.Error!;
    }

    private sealed class CountingMapper : IRecordMapper<(Utf8Text Key, Utf8Text Value), Utf8Text, long>
    {
        private long _count = -1;

        public void Setup(TaskContext task) => _count++;

        public void Map((Utf8Text Key, Utf8Text Value) record, Emitter<Utf8Text, long> output) => output.Emit(record.Key, ++_count);

        public void Finish(Emitter<Utf8Text, long> output) => output.Emit(new Utf8Text("end"), _count);
    }
}
