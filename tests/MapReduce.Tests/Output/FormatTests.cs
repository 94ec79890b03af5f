using System.Buffers;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Tests.Local;

namespace MapReduce.Tests.Output;

/// <summary>Formats of output, read back by other programs.</summary>
public sealed class FormatTests : IDisposable
{
    private readonly LocalFixture _fixture = new();

    private static Results<string, long> Counts => Job.ReadLines()
        .Map(line => line.Words().Select(word => ((string)word, 1L))).Combine((a, b) => a + b).Reduce((_, ones) => ones.Sum());

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(OutputCompression.Gzip, ".gz")]
    [InlineData(OutputCompression.Brotli, ".br")]
    public async Task WriteText_Compressed_IsTheSameText(OutputCompression compression, string ending)
    {
        await RunAsync(Counts.WriteText(new OutputOptions { Compression = compression }), reducers: 12);
        var parts = Parts();
        Assert.Equal([.. Enumerable.Range(0, 12).Select(i => $"part-r-{i:D5}{ending}")], parts.Select(Path.GetFileName));
        Assert.All(parts, part => Assert.True(new FileInfo(part).Length > 0));
        Assert.Equal(LocalFixture.Expected.Split('\n', StringSplitOptions.RemoveEmptyEntries), parts.SelectMany(part => Decompressed(part, compression).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WriteText_Gzip_PassesGzipsOwnTestAlsoWhenEmpty()
    {
        await RunAsync(Counts.WriteText(new OutputOptions { Compression = OutputCompression.Gzip }), reducers: 12);
        foreach (var part in Parts()) Assert.Equal("", Tool("gzip", "-t", part));
        Assert.Equal(LocalFixture.Expected, string.Concat(Parts().SelectMany(part => Tool("zcat", part).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Order(StringComparer.Ordinal).Select(line => line + "\n")));
    }

    [Fact]
    public async Task WriteText_GzipTwice_GivesTheSameBytes()
    {
        var plan = Counts.WriteText(new OutputOptions { Compression = OutputCompression.Gzip });
        await RunAsync(plan);
        var first = File.ReadAllBytes(Parts()[0]);
        await RunAsync(plan);
        Assert.Equal(first, File.ReadAllBytes(Parts()[0]));
    }

    [Fact]
    public async Task WriteText_Gzip_IsReadAsInput()
    {
        await RunAsync(Counts.WriteText(new OutputOptions { Compression = OutputCompression.Gzip }), reducers: 2);
        var plan = Job.ReadKeyValues().Map(record => ((string)record.Key, long.Parse(record.Value))).Reduce((_, counts) => counts.Sum()).WriteText();
        var spec = _fixture.Spec(plan) with { Inputs = [_fixture.Output], Output = _fixture.Output + "-2" };
        Assert.Equal(JobState.Succeeded, (await LocalFixture.RunAsync(plan, spec)).State);
        Assert.Equal(LocalFixture.Expected, File.ReadAllText(Path.Combine(spec.Output, "part-r-00000")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WriteText_EmptyParts_AreThereUnlessSkipped(bool isSkipped)
    {
        await RunAsync(Counts.WriteText(new OutputOptions { SkipEmptyParts = isSkipped }), reducers: 50);
        Assert.Equal(isSkipped ? LocalFixture.Expected.Split('\n').Length - 1 : 50, isSkipped ? Parts().Sum(part => File.ReadLines(part).Count()) : Parts().Count);
        Assert.Equal(!isSkipped, Parts().Any(part => new FileInfo(part).Length == 0));
        var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(_fixture.Output, "_SUCCESS"))).RootElement;
        Assert.Equal(Parts().Count, manifest.GetProperty("parts").GetArrayLength());
    }

    [Fact]
    public async Task WriteText_AllPartsEmptyAndSkipped_Succeeds()
    {
        await RunAsync(Counts.AsRecords().Where(_ => false).Map(record => record).WriteText(new OutputOptions { SkipEmptyParts = true }));
        Assert.Equal(["_SUCCESS"], Directory.GetFiles(_fixture.Output).Select(Path.GetFileName));
    }

    [Fact]
    public async Task WriteJson_Lines_AreReadByPython()
    {
        await RunAsync(Counts.WriteJson((word, count) => new { Word = word + " \"é\n", count, Pair = (word.Length, new Utf8Text("ü")) }));
        Assert.Equal(["part-r-00000.jsonl"], Parts().Select(Path.GetFileName));
        var read = Tool("python3", "-c", "import json,sys\nfor line in open(sys.argv[1], encoding='utf-8'):\n  r = json.loads(line); assert r['word'].endswith(' \"é\\n') and r['pair'] == {'item1': len(r['word']) - 4, 'item2': 'ü'}; print(r['word'][:-4], r['count'], sep='\\t')", Parts()[0]);
        Assert.Equal(LocalFixture.Expected, read);
    }

    [Fact]
    public async Task WriteJson_IsReadAsInput()
    {
        await RunAsync(Counts.WriteJson((word, count) => new Row(word, count), options: new OutputOptions { Compression = OutputCompression.Brotli }), reducers: 2);
        var plan = Job.ReadJson<Row>().Map(row => (row.Word, row.Count)).Reduce((_, counts) => counts.Sum()).WriteText();
        var spec = _fixture.Spec(plan) with { Inputs = [_fixture.Output], Output = _fixture.Output + "-2" };
        Assert.Equal(JobState.Succeeded, (await LocalFixture.RunAsync(plan, spec)).State);
        Assert.Equal(LocalFixture.Expected, File.ReadAllText(Path.Combine(spec.Output, "part-r-00000")));
    }

    [Fact]
    public async Task Write_FormatOfOnesOwn_HasItsBeginEndAndName()
    {
        await RunAsync(Counts.Write(new Listing()));
        Assert.Equal("begin\n" + LocalFixture.Expected.Replace("\t", "=", StringComparison.Ordinal) + "end\n", File.ReadAllText(Path.Combine(_fixture.Output, "part-r-00000.list")));
    }

    [Fact]
    public async Task Write_WriterThrowsAndTheReducerGoesOn_KeepsNoHalfRecord()
    {
        await RunAsync(Job.ReadLines().Map(line => line.Words().Select(word => ((string)word, 1L))).Reduce(() => new Stubborn()).Write(new Listing()));
        Assert.Equal("begin\n" + string.Concat(LocalFixture.Expected.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != 't').Select(line => line.Replace('\t', '=') + "\n")) + "end\n", File.ReadAllText(Path.Combine(_fixture.Output, "part-r-00000.list")));
    }

    private async Task RunAsync(JobPlan plan, int reducers = 1)
    {
        var status = await LocalFixture.RunAsync(plan, _fixture.Spec(plan) with { Reducers = reducers, Overwrite = true });
        Assert.True(status.State == JobState.Succeeded, status.Error);
    }

    private List<string> Parts() => [.. Directory.GetFiles(_fixture.Output, "part-*").Order(StringComparer.Ordinal)];

    private static string Decompressed(string path, OutputCompression compression)
    {
        using var file = File.OpenRead(path);
        using Stream content = compression == OutputCompression.Gzip ? new GZipStream(file, CompressionMode.Decompress) : new BrotliStream(file, CompressionMode.Decompress);
        return new StreamReader(content).ReadToEnd();
    }

    private static string Tool(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private sealed record Row(string Word, long Count);

    private sealed class Listing : OutputFormat<string, long>
    {
        public override string Extension => ".list";

        public override RecordWriter<string, long> Open() => new Lines();

        private sealed class Lines : RecordWriter<string, long>
        {
            public override void Begin(IBufferWriter<byte> file) => file.Write("begin\n"u8);

            public override void Write(string key, long value, IBufferWriter<byte> file)
            {
                file.Write(Encoding.UTF8.GetBytes(key + "="));
                if (value < 0) throw new InvalidDataException("A count below zero.");
                file.Write(Encoding.UTF8.GetBytes($"{value}\n"));
            }

            public override void End(IBufferWriter<byte> file) => file.Write("end\n"u8);
        }
    }

    /// <summary>Writes what cannot be written, and goes on.</summary>
    private sealed class Stubborn : IReducer<string, long, string, long>
    {
        public void Reduce(string key, ref Values<long> values, Writer<string, long> output)
        {
            var sum = 0L;
            foreach (var value in values) sum += value;
            try
            {
                output.Write(key, key[0] == 't' ? -sum : sum);
            }
            catch (InvalidDataException)
            {
            }
        }
    }
}
