using System.Diagnostics;
using App.Tests.Support;
using Cli.Tests.Support;
using MapReduce.App;
using MapReduce.App.Progress;
using MapReduce.Cli;
using MapReduce.Jobs;
using MapReduce.Local;

namespace Cli.Tests.Commands;

/// <summary>Exported jobs as <c>mapper | LC_ALL=C sort | reducer</c> against the jobs' own output.</summary>
public sealed class ExportStreamingTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly Dictionary<string, string?> _environment = [];

    public void Dispose()
    {
        _host.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("wordcount")]
    [InlineData("wordcount", "words=letters", "case=lower")]
    [InlineData("distinct")]
    [InlineData("grep", "pattern=w1", "count=true")]
    [InlineData("inverted-index")]
    public async Task Filters_WithSortBetween_GiveTheJobsOutput(string job, params string[] settings)
    {
        WriteInput();
        var output = Path.Combine(_directory.Path, "out");
        string[] set = [.. settings.SelectMany(setting => new[] { "--set", setting })];
        Assert.Equal(0, await RunAsync(["run", job, Path.Combine(_directory.Path, "in"), "--output", output, .. set]));

        var mapped = new MemoryStream();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_directory.Path, "in")).Order(StringComparer.Ordinal))
        {
            _environment["mapreduce_map_input_file"] = file;
            mapped.Write(await FilterAsync(File.ReadAllBytes(file), ["streaming-task", "map", job, .. set]));
        }

        // Two partitions by the bytes of the key, as any other system would choose them.
        var partitions = Lines(mapped.ToArray()).ToLookup(line => line.Take(Array.IndexOf(line, (byte)'\t')).Sum(value => value) % 2);
        List<byte[]> reduced = [];
        foreach (var partition in partitions)
            reduced.AddRange(Lines(await FilterAsync(Sort([.. partition.SelectMany(line => line)]), ["streaming-task", "reduce", job, .. set])));
        Assert.Equal(
            Directory.EnumerateFiles(output, "part-*").SelectMany(part => Lines(File.ReadAllBytes(part))).Select(Convert.ToHexString).Order(StringComparer.Ordinal),
            reduced.Select(Convert.ToHexString).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Filter_OfMapOnlyJob_GivesTheJobsOutput()
    {
        WriteInput();
        var input = File.ReadAllBytes(Path.Combine(_directory.Path, "in/a.txt"));
        Assert.Equal(
            Lines(input).Where(line => System.Text.Encoding.Latin1.GetString(line).Contains("w1", StringComparison.Ordinal)).SelectMany(line => line),
            await FilterAsync(input, ["streaming-task", "map", "grep", "--set", "pattern=w1"]));
    }

    [Fact]
    public async Task Export_Job_PrintsTheCommand()
    {
        Assert.Equal(0, await RunAsync(["export-streaming", "wordcount", "/books", "/more books", "--output", "/counts", "--reducers", "8", "--set", "case=lower"]));
        Assert.Equal("""
            hadoop jar "$HADOOP_HOME"/share/hadoop/tools/lib/hadoop-streaming-*.jar \
              -D 'mapreduce.job.name=wordcount' \
              -D 'mapreduce.job.reduces=8' \
              -D 'stream.num.reduce.output.key.fields=1000000' \
              -D 'mapreduce.output.textoutputformat.separator=' \
              -input /books \
              -input '/more books' \
              -output /counts \
              -mapper 'mapreduce streaming-task map wordcount --set case=lower' \
              -reducer 'mapreduce streaming-task reduce wordcount --set case=lower'

            """, _host.Out.ToString());
    }

    [Fact]
    public async Task Export_MapOnlyJob_HasNoReducer()
    {
        Assert.Equal(0, await RunAsync(["export-streaming", "grep", "/logs", "--output", "/found", "--set", "pattern=two words"]));
        Assert.Contains("-reducer NONE", _host.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("""-mapper 'mapreduce streaming-task map grep --set '\''pattern=two words'\'''""", _host.Out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, "order over all parts", "sort")]
    [InlineData(7, "order over all parts", "histogram", "--set", "width=1")]
    [InlineData(7, "sorts the values", "sessions")]
    [InlineData(7, "sorts the values", "join")]
    [InlineData(7, "partitions in a way of its own", "top", "--set", "by=largest", "--set", "field=1")]
    [InlineData(7, "2 steps", "top")]
    [InlineData(7, "steps", "pagerank")]
    [InlineData(7, "both kinds of quotes", "grep", "--set", "pattern='\"")]
    [InlineData(4, "no job 'wordcuont'", "wordcuont")]
    public async Task Export_Impossible_IsRefused(int exitCode, string why, string job, params string[] settings)
    {
        Assert.Equal(exitCode, await RunAsync(["export-streaming", job, "/in", "--output", "/out", .. settings]));
        Assert.Contains(why, _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b\t1\na\t1\n", "comes after")]
    [InlineData("no tab\n", "not of this job's mapper")]
    public async Task Reduce_OtherLines_Fails(string lines, string why)
    {
        Assert.Equal(1, await RunAsync(["streaming-task", "reduce", "distinct"], System.Text.Encoding.Latin1.GetBytes(lines)));
        Assert.Contains(why, _host.Error.ToString(), StringComparison.Ordinal);
    }

    // Keys of every byte, of no byte, and keys that begin with others.
    private void WriteInput()
    {
        var random = new Random(11);
        foreach (var name in (string[])["a.txt", "b.txt", "c.txt"])
        {
            using var file = File.Create(_directory.File($"in/{name}", ""));
            for (var i = 0; i < 2_000; i++)
                file.Write(System.Text.Encoding.UTF8.GetBytes($"w{random.Next(200)} É{(char)random.Next(1, 300)} {new string('k', random.Next(4))}\t{random.Next(3)}\n"));
            file.Write([0x00, 0x01, 0x0D, 0x0E, 0x0F, 0xFF, 0x0A, 0x0A]);
        }
    }

    private static IEnumerable<byte[]> Lines(byte[] bytes)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start) + 1;
            yield return bytes[start..end];
            start = end;
        }
    }

    private byte[] Sort(byte[] lines)
    {
        var (from, to) = (Path.Combine(_directory.Path, "unsorted"), Path.Combine(_directory.Path, "sorted"));
        File.WriteAllBytes(from, lines);
        using var sort = Process.Start(new ProcessStartInfo("sort", ["-o", to, from]) { Environment = { ["LC_ALL"] = "C" } })!;
        sort.WaitForExit();
        return File.ReadAllBytes(to);
    }

    private async Task<byte[]> FilterAsync(byte[] input, string[] args)
    {
        var output = new MemoryStream();
        Assert.Equal(0, await RunAsync(args, input, output));
        return output.ToArray();
    }

    private Task<int> RunAsync(string[] args, byte[]? input = null, MemoryStream? output = null) => new CommandLineApp(BuiltInJobs.Catalog, LocalCluster.RunAsync, new CliHost
    {
        Out = _host.Out,
        Error = _host.Error,
        Style = new ProgressStyle(UsesBars: false, UsesColor: false),
        Interrupt = _host.Interrupt,
        Environment = _environment.GetValueOrDefault,
        Pipes = () => (new MemoryStream(input ?? []), output ?? new MemoryStream()),
    }).RunAsync(args);
}
