using App.Tests.Support;
using Cli.Tests.Support;
using MapReduce.Protocol;

namespace Cli.Tests.Commands;

public sealed class RunChecksTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly TemporaryDirectory _directory = new();

    private string Output => Path.Combine(_directory.Path, "out");

    private string AFile => _directory.File("a.gz", "x");

    [Fact]
    public async Task Run_OutputIsAFile_IsExitCode7()
    {
        Assert.Equal(7, await _host.RunAsync("run", "wordcount", AFile, "--output", AFile));
        Assert.Contains($"--output {AFile} is a file: name a directory", _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputBelowAFile_IsExitCode7()
    {
        Assert.Equal(7, await _host.RunAsync("run", "wordcount", AFile, "--output", Path.Combine(AFile, "x", "y")));
        Assert.Contains($"{AFile} is a file, not a directory", _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WorkDirectoryIsAFile_IsExitCode7()
    {
        Assert.Equal(7, await _host.RunAsync("run", "wordcount", AFile, "--output", Output, "--work-dir", AFile));
        Assert.Contains($"--work-dir {AFile} is a file", _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputWhereNoFileCanBe_IsExitCode7()
    {
        // No file can be made in a directory of the kernel's, not even by root.
        Assert.Equal(7, await _host.RunAsync("run", "wordcount", AFile, "--output", "/proc/x"));
        Assert.Matches("^error: --output /proc/x cannot be written: no file can be made in /proc [(].*[)]: choose another directory", _host.Error.ToString());
    }

    [Fact]
    public async Task Run_GoodDirectories_LeavesNoTraceOfTheCheck()
    {
        await _host.RunAsync("run", "wordcount", "a", "--output", Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Run_AccessDeniedBeforeTheJobBegan_IsExitCode7WithRemedy()
    {
        _host.Cluster = (_, _, _) => throw new UnauthorizedAccessException("raw");
        Assert.Equal(7, await _host.RunAsync("run", "wordcount", "a", "--output", Output));
        Assert.Equal($"error: --output {Output} cannot be used: access is denied: choose another directory, or make this one writable.\n", _host.Error.ToString());
    }

    [Fact]
    public async Task Run_AccessDeniedWhileTheJobRan_IsExitCode1()
    {
        _host.Cluster = (_, progress, _) =>
        {
            progress!.Report(Statuses.Of(JobState.Mapping));
            throw new UnauthorizedAccessException("denied");
        };
        Assert.Equal(1, await _host.RunAsync("run", "wordcount", "a", "--output", Output));
    }

    [Fact]
    public async Task Run_BadOptionsAndInputAndOutput_AreAllReported()
    {
        var missing = Path.Combine(_directory.Path, "missing");
        Assert.Equal(7, await _host.RunAsync("run", "wordcount", missing, missing + "2", "--output", AFile, "--set", "cas=lower"));
        var errors = _host.Error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Collection(
            errors,
            option => Assert.Contains("unknown option 'cas'", option, StringComparison.Ordinal),
            output => Assert.Contains("--output", output, StringComparison.Ordinal),
            input => Assert.Contains(missing, input, StringComparison.Ordinal),
            input => Assert.Contains(missing + "2", input, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _host.Dispose();
        _directory.Dispose();
    }
}
