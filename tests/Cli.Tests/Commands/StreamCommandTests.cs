using App.Tests.Support;
using Cli.Tests.Support;
using MapReduce;
using MapReduce.App;
using MapReduce.App.Progress;
using MapReduce.Cli;
using MapReduce.Local;

namespace Cli.Tests.Commands;

/// <summary><c>mapreduce stream</c> with the real cluster.</summary>
public sealed class StreamCommandTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly TemporaryDirectory _directory = new();

    public StreamCommandTests() => _directory.File("in/text.txt", "b a\nc\na b\n");

    public void Dispose()
    {
        _host.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Stream_MapperAndReducer_WritesWhatTheyWrite()
    {
        Assert.Equal(0, await RunAsync("--mapper", "tr ' ' '\\n'", "--reducer", "uniq -c", "--reducers", "1"));
        Assert.Equal(["2 a", "2 b", "1 c"], Lines().Select(line => line.Trim()));
    }

    [Fact]
    public async Task Stream_NoReducer_WritesTheMappersLines()
    {
        Assert.Equal(0, await RunAsync("--mapper", "tr a-z A-Z"));
        Assert.Equal(["B A", "C", "A B"], Lines());
    }

    [Fact]
    public async Task Stream_File_IsInTheWorkingDirectory()
    {
        _directory.File("scripts/say.sh", "while read line; do echo \"[$line]\"; done\n");
        Assert.Equal(0, await RunAsync("--mapper", "sh say.sh", "--file", Path.Combine(_directory.Path, "scripts/say.sh")));
        Assert.Equal(["[b a]", "[c]", "[a b]"], Lines());
    }

    [Fact]
    public async Task Stream_ProgramFails_IsExitCode1WithItsStandardError()
    {
        Assert.Equal(1, await RunAsync("--mapper", "sh -c 'echo no luck >&2; exit 2'", "--max-attempts", "1"));
        Assert.Contains("ended with exit code 2. Its standard error ends with:\nno luck", _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--file 'nowhere.py' does not exist", "--mapper", "cat", "--file", "nowhere.py")]
    [InlineData(2, "'--mapper' is required")]
    [InlineData(2, "unknown option '--set'", "--mapper", "cat", "--set", "a=b")]
    [InlineData(2, "unknown option '--skip-bad-records'", "--mapper", "cat", "--skip-bad-records", "1")]
    [InlineData(7, "a quote that is not closed", "--mapper", "awk '{")]
    [InlineData(7, "a combiner without a reducer", "--mapper", "cat", "--combiner", "cat")]
    public async Task Stream_Nonsense_IsRefused(int exitCode, string why, params string[] arguments)
    {
        Assert.Equal(exitCode, await RunAsync(arguments));
        Assert.Contains(why, _host.Error.ToString(), StringComparison.Ordinal);
    }

    private IEnumerable<string> Lines() => Directory.EnumerateFiles(Path.Combine(_directory.Path, "out"), "part-*").Order(StringComparer.Ordinal).SelectMany(File.ReadLines);

    private Task<int> RunAsync(params string[] arguments)
    {
        var host = new CliHost
        {
            Out = _host.Out,
            Error = _host.Error,
            Style = new ProgressStyle(UsesBars: false, UsesColor: false),
            Interrupt = _host.Interrupt,
            Environment = _ => null,
        };
        return new CommandLineApp(new JobCatalog(), LocalCluster.RunAsync, host)
            .RunAsync(["stream", Path.Combine(_directory.Path, "in"), "--output", Path.Combine(_directory.Path, "out"), .. arguments]);
    }
}
