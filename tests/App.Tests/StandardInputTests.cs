using System.Text;
using App.Tests.Support;
using MapReduce;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.Local;

namespace App.Tests;

public sealed class StandardInputTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _host.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Run_Dash_ReadsStandardInputBesideFiles()
    {
        var file = Path.Combine(_directory.Path, "file");
        File.WriteAllText(file, "b\nc\n");
        Assert.Equal(0, await RunAsync(Job.ReadLines(), "a\nb\n", "-", file));
        Assert.Equal(["a\t1", "b\t2", "c\t1"], Output());
    }

    [Fact]
    public async Task Run_DashForANamedInput_IsReadForThatName()
    {
        Assert.Equal(0, await RunAsync(Job.ReadLines("words"), "a\n", "words=-"));
        Assert.Equal(["a\t1"], Output());
    }

    [Fact]
    public async Task Run_DashTwice_IsRejected()
    {
        Assert.Equal(7, await RunAsync(Job.ReadLines(), "a\n", "-", "-"));
        Assert.Contains("named 2 times", _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_AfterRun_LeavesNoFile()
    {
        string path;
        using (var piped = new StandardInput(new RunRequest { Job = "j", Inputs = ["-"], Output = "out" })) path = Assert.Single(piped.Request.Inputs);
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    private Task<int> RunAsync(Lines lines, string input, params string[] inputs)
    {
        var plan = lines.Map(line => new[] { (line.Text, 1L) }).Reduce((line, counts) => counts.Sum()).WriteText();
        var host = _host.With(bars: false) with { Pipes = () => (new MemoryStream(Encoding.UTF8.GetBytes(input)), Stream.Null) };
        var job = JobDefinition.Create("count", "Counts lines.", () => plan);
        return new CommandLine("count", host).RunAsync(each => new OneJobCommand(job, "count", LocalCluster.RunAsync, each).Build(), [.. inputs, "--output", Path.Combine(_directory.Path, "out")]);
    }

    private IEnumerable<string> Output() => Directory.EnumerateFiles(Path.Combine(_directory.Path, "out"), "part-*").SelectMany(File.ReadLines).Order(StringComparer.Ordinal);
}
