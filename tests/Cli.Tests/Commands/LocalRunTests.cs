using App.Tests.Support;
using Cli.Tests.Readme;
using Cli.Tests.Support;
using MapReduce;
using MapReduce.App;
using MapReduce.App.Progress;
using MapReduce.Cli;
using MapReduce.Local;

namespace Cli.Tests.Commands;

/// <summary>The command with the real cluster.</summary>
public sealed class LocalRunTests : IDisposable
{
    public sealed record NoOptions;

    /// <summary>Does to every line what the test says.</summary>
    public sealed class Probe : IMapReduceJob<NoOptions>
    {
        public static Action OnLine { get; set; } = () => { };

        public JobPlan Plan(NoOptions options) => Job.ReadLines()
            .Map(line =>
            {
                OnLine();
                return line.Words().Select(word => (word, 1L));
            })
            .Reduce((word, counts) => counts.Sum())
            .WriteText();
    }

    private readonly TestHost _host = new();
    private readonly TemporaryDirectory _directory = new();

    private string Output => Path.Combine(_directory.Path, "out");

    [Fact]
    public async Task Run_ReadmeJob_CountsWords()
    {
        Assert.Equal(0, await RunAsync("words", "to be or not to be", "be it so"));
        var lines = Directory.EnumerateFiles(Output, "part-r-*").SelectMany(File.ReadLines).Order(StringComparer.Ordinal);
        Assert.Equal(["be\t3", "it\t1", "not\t1", "or\t1", "so\t1", "to\t2"], lines);
    }

    [Fact]
    public async Task Run_ReadmeJob_SumsUpWhatItDid()
    {
        await RunAsync("words", "to be or not to be", "be it so");
        Assert.Contains("28 B, 2 records", _host.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("6 records in 3 parts", _host.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InterruptedWhileItMaps_LeavesNothingBehind()
    {
        Probe.OnLine = _host.Interrupt.Fire;
        Assert.Equal(130, await RunAsync("probe", "one line"));
        Assert.Equal(["in"], Directory.EnumerateFileSystemEntries(_directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Run_UserCodeThrows_IsExitCode1WithItsMessage()
    {
        Probe.OnLine = () => throw new FormatException("no date in line 7");
        Assert.Equal(1, await RunAsync("probe", "one line"));
        Assert.Contains("no date in line 7", _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InputMissing_IsExitCode7()
    {
        Assert.Equal(7, await RunAsync("words"));
        Assert.Contains(Path.Combine(_directory.Path, "in"), _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoCollectorNamed_LoadsNoTelemetry()
    {
        await RunAsync("words", "to be or not to be");
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name!.StartsWith("OpenTelemetry", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _host.Dispose();
        _directory.Dispose();
    }

    private Task<int> RunAsync(string job, params string[] lines)
    {
        if (lines.Length > 0) _directory.File("in/text.txt", string.Concat(lines.Select(line => line + "\n")));
        var catalog = new JobCatalog(
            JobDefinition.Create<WordCount>("words", "Counts words."),
            JobDefinition.Create<Probe>("probe", "Does what the test says."));
        var host = new CliHost
        {
            Out = _host.Out,
            Error = _host.Error,
            Style = new ProgressStyle(UsesBars: false, UsesColor: false),
            Interrupt = _host.Interrupt,
            Environment = _ => null,
        };
        return new CommandLineApp(catalog, LocalCluster.RunAsync, host)
            .RunAsync(["run", job, Path.Combine(_directory.Path, "in"), "--output", Output, "--reducers", "3", "--workers", "2"]);
    }
}
