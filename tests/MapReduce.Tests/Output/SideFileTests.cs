using System.Text;
using System.Text.Json;
using MapReduce.Counters;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Tests.Local;
using MapReduce.Tests.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Output;

/// <summary>What tasks write beside their parts.</summary>
public sealed class SideFileTests : IDisposable
{
    private readonly LocalFixture _fixture = new();
    private readonly TestWorkspace _test = new();

    public void Dispose()
    {
        _fixture.Dispose();
        _test.Dispose();
    }

    [Fact]
    public async Task Run_MapsAndReducesWriteBeside_AllIsThereAndListed()
    {
        var status = await _fixture.RunAsync(Plan());
        Assert.Equal(JobState.Succeeded, status.State);
        var files = Directory.GetFiles(_fixture.Output).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
        string[] maps = [.. Enumerable.Range(0, 6).Select(i => $"seen-m-0000{i}.txt")];
        Assert.Equal(["_SUCCESS", "long-r-00000", "part-r-00000", .. maps], files);
        // A line that two splits share is one map's.
        Assert.Equal(string.Concat(Enumerable.Repeat("to be or not to be\nthat is the question\n", 5)), string.Concat(maps.Select(name => File.ReadAllText(Path.Combine(_fixture.Output, name)))));
        Assert.Equal("question\t8\n", File.ReadAllText(Path.Combine(_fixture.Output, "long-r-00000")));
        var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(_fixture.Output, "_SUCCESS"))).RootElement;
        Assert.Equal(["long-r-00000", .. maps], manifest.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(files.Skip(1).Sum(name => new FileInfo(Path.Combine(_fixture.Output, name)).Length), status.Counters[CounterNames.BytesWritten]);
    }

    [Fact]
    public async Task Run_OverwriteByAJobWithoutThem_RemovesThem()
    {
        await _fixture.RunAsync(Plan());
        await _fixture.RunAsync(LocalFixture.WordCount(), overwrite: true);
        Assert.Equal(["_SUCCESS", "part-r-00000"], Directory.GetFiles(_fixture.Output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_FirstAttemptOfEachMapFails_LeavesNoneOfItsFiles()
    {
        var plan = Job.ReadLines().Map<ReadOnlySpan<byte>, NoValue>(() => new Fragile()).WriteText();
        Assert.Equal(JobState.Succeeded, (await _fixture.RunAsync(plan)).State);
        Assert.Equal(["2"], Directory.GetFiles(_fixture.Output, "attempt-*").Select(File.ReadAllText).Distinct());
        Assert.Empty(Directory.GetFiles(_fixture.Output, "first-*"));
    }

    [Fact]
    public async Task Run_TotalOrder_SamplingWritesNothing()
    {
        var plan = Job.ReadLines().Map<ReadOnlySpan<byte>, NoValue>(() => new Seen<NoValue>(default)).Sort().WriteText();
        await _fixture.RunAsync(plan);
        Assert.Equal(6, Directory.GetFiles(_fixture.Output, "seen-*").Length);
    }

    [Fact]
    public void Output_SameName_IsTheSameWriter() =>
        Assert.Same(Task.Output<string, int>("a"), Task.Output<string, int>("a"));

    [Fact]
    public void Output_SameNameOtherTypes_IsRefused()
    {
        Task.Output<string, int>("a");
        Assert.Throws<InvalidOperationException>(() => Task.Output<string, long>("a"));
        Assert.Throws<InvalidOperationException>(() => Task.CreateFile("a"));
    }

    [Fact]
    public void CreateFile_MoreThan64Open_IsRefusedUntilOneIsClosed()
    {
        var first = Task.CreateFile("0");
        for (var i = 1; i < 64; i++) Task.CreateFile($"{i}");
        Assert.Throws<InvalidOperationException>(() => Task.CreateFile("64"));
        first.Dispose();
        Task.CreateFile("64");
    }

    [Fact]
    public void CreateFile_MoreThanThousand_IsRefused()
    {
        for (var i = 0; i < 1000; i++) Task.CreateFile($"{i}").Dispose();
        Assert.Throws<InvalidOperationException>(() => Task.CreateFile("1000"));
    }

    [Fact]
    public void CreateFile_AnyWrites_AreWholeAndSummed()
    {
        var bytes = new byte[100_000];
        new Random(7).NextBytes(bytes);
        var file = Task.CreateFile("a.bin");
        for (var (at, size) = (0, 1); at < bytes.Length; at += size, size = Math.Min(size * 2, bytes.Length - at)) file.Write(bytes.AsSpan(at, size));
        file.WriteByte(9);
        Assert.Equal(bytes.Length + 1, file.Length);
        file.Dispose();
        var written = Assert.Single(Task.Files.Complete());
        Assert.Equal(new OutputFile("a-r-00007.bin", bytes.Length + 1, 0, MapReduce.Storage.Crc32C.Compute([.. bytes, 9])), written);
        Assert.Equal([.. bytes, 9], File.ReadAllBytes(_test.Path(written.Name)));
        Assert.Throws<ObjectDisposedException>(() => file.Write(bytes));
    }

    [Fact]
    public void Complete_FileWasLeftOpen_NamesItAndTheRemedy()
    {
        new StreamWriter(Task.CreateFile("a.txt")).Write("held back");
        var error = Assert.Throws<InvalidOperationException>(() => Task.Files.Complete());
        Assert.Contains("'a-r-00007.txt' was not closed", error.Message, StringComparison.Ordinal);
        Assert.Contains("CreateTextFile", error.Message, StringComparison.Ordinal);
        Task.Files.Dispose();
    }

    [Fact]
    public async Task Run_MapperLeavesAFileOpen_FailsTheJob()
    {
        var status = await _fixture.RunAsync(Job.ReadLines().Map<ReadOnlySpan<byte>, NoValue>(() => new Leaver()).WriteText());
        Assert.Equal(JobState.Failed, status.State);
        Assert.Contains("'open-m-0000", status.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_fixture.Output) && Directory.EnumerateFiles(_fixture.Output).Any());
    }

    [Fact]
    public void CreateTextFile_LeftOpen_IsWholeAllTheSame()
    {
        var text = Task.CreateTextFile("a.txt");
        for (var i = 0; i < 10_000; i++) text.WriteLine($"ü {i}");
        var closed = Task.CreateTextFile("b");
        closed.Write("x");
        closed.Dispose();
        Assert.Equal(["a-r-00007.txt", "b-r-00007"], Task.Files.Complete().Select(file => file.Name));
        Assert.Equal(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"ü {i}\n")), File.ReadAllText(_test.Path("a-r-00007.txt")));
        Assert.Equal("x"u8, File.ReadAllBytes(_test.Path("b-r-00007")));
        Assert.Throws<ObjectDisposedException>(() => text.Write("more"));
    }

    [Fact]
    public void Complete_AWriteFailedAndWasSwallowed_Throws()
    {
        using var full = new TestWorkspace(files: new FullFileSystem("a-r-00007", 100 << 10));
        var task = StepRuns.Context(full);
        using var file = task.CreateFile("a");
        for (var i = 0; i < 100; i++) Record.Exception(() => file.Write(new byte[10_000]));
        Assert.Throws<IOException>(() => task.Files.Complete());
        task.Files.Dispose();
    }

    private TaskContext Task => field ??= StepRuns.Context(_test);

    private static JobPlan Plan() =>
        Job.ReadLines().Map<ReadOnlySpan<byte>, long>(() => new Seen<long>(1)).Combine(new Sum<long>()).Reduce<ReadOnlySpan<byte>, long>(() => new Long()).WriteText();

    /// <summary>Emits words, and writes the lines beside them.</summary>
    private sealed class Seen<TValue>(TValue value) : IMapper<ReadOnlySpan<byte>, TValue>
    {
        private Stream? _seen;

        public void Setup(TaskContext task) => _seen = task.CreateFile("seen.txt");

        public void Finish(Emitter<ReadOnlySpan<byte>, TValue> output) => _seen!.Dispose();

        public void Map(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, TValue> output)
        {
            _seen!.Write(line);
            _seen.WriteByte((byte)'\n');
            foreach (var word in new Utf8Words(line)) output.Emit(word, value);
        }
    }

    /// <summary>Sums, and names the long words beside it.</summary>
    private sealed class Long : IReducer<ReadOnlySpan<byte>, long, ReadOnlySpan<byte>, long>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Reduce(ReadOnlySpan<byte> key, ref Values<long> values, Writer<ReadOnlySpan<byte>, long> output)
        {
            if (key.Length > 4) _task!.Output<string, int>("long").Write(Encoding.UTF8.GetString(key), key.Length);
            long sum = 0;
            foreach (var value in values) sum += value;
            output.Write(key, sum);
        }
    }

    /// <summary>Leaves a writer over a file open.</summary>
    private sealed class Leaver : IMapper<ReadOnlySpan<byte>, NoValue>
    {
        public void Setup(TaskContext task) => new StreamWriter(task.CreateFile("open.txt")).WriteLine("held back");

        public void Map(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, NoValue> output) { }
    }

    /// <summary>Fails with its first attempt, after it has written.</summary>
    private sealed class Fragile : IMapper<ReadOnlySpan<byte>, NoValue>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, NoValue> output) => output.Emit(line, default);

        public void Finish(Emitter<ReadOnlySpan<byte>, NoValue> output)
        {
            _task!.CreateTextFile("attempt").Write(_task.Attempt);
            if (_task.Attempt > 1) return;
            _task.CreateFile("first").WriteByte(1);
            throw new InvalidOperationException("The first attempt fails.");
        }
    }
}
