using App.Tests.Support;
using Cli.Tests.Support;
using MapReduce.Output;
using MapReduce.Protocol;

namespace Cli.Tests.Commands;

public sealed class RunCommandTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly TemporaryDirectory _directory = new();

    private string Output => Path.Combine(_directory.Path, "out");

    [Fact]
    public async Task Run_AllOptions_ReachTheSpec()
    {
        await _host.RunAsync(
            "run", "wordcount", "--output", Output, "--reducers", "3", "--workers", "5", "--split-size", "64MiB", "--memory", "16MiB",
            "--set", "case=lower", "--set", "minLength=2", "--overwrite", "--work-dir", _directory.Path, "--", "-a", "@b");
        Assert.Equivalent(
            new
            {
                Job = "wordcount",
                Options = """{"case":"lower","minLength":2}""",
                Inputs = new[] { Path.GetFullPath("-a"), Path.GetFullPath("@b") },
                Output,
                Overwrite = true,
                Reducers = 3,
                SplitSize = 64L << 20,
                MemoryPerSlot = 16L << 20,
                Slots = 5,
            },
            _host.Submitted);
    }

    [Fact]
    public async Task Run_NoOptions_UsesEveryProcessor()
    {
        await _host.RunAsync("run", "wordcount", "a", "--output", Output);
        Assert.Equal(Environment.ProcessorCount, _host.Options!.Workers);
    }

    [Fact]
    public async Task Run_WorkDirectory_ReachesTheCluster()
    {
        await _host.RunAsync("run", "wordcount", "a", "--output", Output, "--work-dir", _directory.Path);
        Assert.Equal(_directory.Path, _host.Options!.WorkDirectory);
    }

    [Fact]
    public async Task Run_Succeeds_SaysWhatAPersonWantsNext()
    {
        _directory.File("out/part-r-00000", "x\t1\n");
        var exitCode = await _host.RunAsync("run", "wordcount", "a", "--output", Output);
        Assert.Equal(0, exitCode);
        Assert.Matches(
            $"""
            ^wordcount succeeded in [0-9.]+ s
              read      3.00 MiB, 1,000 records, [0-9.]+ .iB/s
              wrote     512 B, 1 record in 1 part
              attempts  12 \(1 failed, 3 lost, 2 killed, 4 backup\)
              output    {Output}
              look      head {Output}/part-r-00000
            $
            """.ReplaceLineEndings("\n").Replace("\n$", "$"),
            _host.Out.ToString().TrimEnd('\n'));
    }

    [Fact]
    public async Task Run_JobFails_IsExitCode1WithTheReason()
    {
        _host.Cluster = (_, _, _) => Task.FromResult(Statuses.Of(JobState.Failed) with { Error = "task 0-m-00001 failed 4 times" });
        Assert.Equal(1, await _host.RunAsync("run", "wordcount", "a", "--output", Output));
        Assert.StartsWith("error: task 0-m-00001 failed 4 times\nwordcount failed after", _host.Error.ToString());
    }

    [Fact]
    public async Task Run_JobCancelledByOthers_IsExitCode6()
    {
        _host.Cluster = (_, _, _) => Task.FromResult(Statuses.Of(JobState.Cancelled));
        Assert.Equal(6, await _host.RunAsync("run", "wordcount", "a", "--output", Output));
    }

    [Fact]
    public async Task Run_Interrupted_IsExitCode130AfterCleanUp()
    {
        var cleaned = false;
        _host.Cluster = async (_, _, cancellationToken) =>
        {
            _host.Interrupt.Fire();
            await Task.Yield();
            cleaned = cancellationToken.IsCancellationRequested;
            return Statuses.Of(JobState.Cancelled);
        };
        Assert.Equal(130, await _host.RunAsync("run", "wordcount", "a", "--output", Output));
        Assert.True(cleaned);
    }

    [Fact]
    public async Task Run_InterruptedTooLate_HasSucceeded()
    {
        _host.Cluster = (_, _, _) =>
        {
            _host.Interrupt.Fire();
            return Task.FromResult(Statuses.Succeeded);
        };
        Assert.Equal(0, await _host.RunAsync("run", "wordcount", "a", "--output", Output));
    }

    [Fact]
    public async Task Run_Rejected_IsExitCode7WithEveryReason()
    {
        _host.Cluster = (_, _, _) => throw new JobRejectedException(["no input at /a", "output /b exists"]);
        Assert.Equal(7, await _host.RunAsync("run", "wordcount", "a", "--output", Output));
        Assert.Equal("error: no input at /a\nerror: output /b exists\n", _host.Error.ToString());
    }

    [Fact]
    public async Task Run_OutputExists_IsExitCode7()
    {
        _host.Cluster = (_, _, _) => throw new OutputExistsException("/b exists");
        Assert.Equal(7, await _host.RunAsync("run", "wordcount", "a", "--output", Output));
    }

    [Fact]
    public async Task Run_BadJobOptions_IsExitCode7WithEveryReason()
    {
        Assert.Equal(7, await _host.RunAsync("run", "wordcount", _directory.File("a", "x\n"), "--output", Output, "--set", "minlength=0", "--set", "cas=lower"));
        Assert.Equal(
            """
            error: wordcount: option 'minLength' cannot be '0': it takes a whole number from 1 to 99.
            error: wordcount: unknown option 'cas'. Did you mean 'case'? Its options: case, minLength.

            """,
            _host.Error.ToString());
    }

    [Fact]
    public async Task Run_DiskFails_IsExitCode1WithoutBugReport()
    {
        _host.Cluster = (_, _, _) => throw new IOException("no space left on /x");
        Assert.Equal(1, await _host.RunAsync("run", "wordcount", "a", "--output", Output));
        Assert.Equal("error: no space left on /x\n", _host.Error.ToString());
    }

    [Fact]
    public async Task Run_Bug_IsExitCode70AndSaysWhereToReport()
    {
        Assert.Equal(70, await _host.RunAsync("run", "grep", "a", "--output", Output, "--set", "text=bug"));
        Assert.Contains("InvalidOperationException: boom", _host.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Please report it", _host.Error.ToString(), StringComparison.Ordinal);
        File.Delete(Report());
        Directory.Delete(Path.GetDirectoryName(Report())!);
    }

    [Fact]
    public async Task Run_Bug_ReportLiesWhereOthersCannotEnter()
    {
        await _host.RunAsync("run", "grep", "a", "--output", Output, "--set", "text=bug");
        var folder = Path.GetDirectoryName(Report())!;
        // On Windows the temporary folder itself is the user's own.
        var isPrivate = OperatingSystem.IsWindows() || File.GetUnixFileMode(folder) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Delete(Report());
        // Not with all that is in it: should the report ever lie elsewhere, nothing of others is lost.
        Directory.Delete(folder);
        Assert.True(isPrivate);
    }

    [Fact]
    public async Task Run_UnknownJob_IsExitCode4WithSuggestion()
    {
        Assert.Equal(4, await _host.RunAsync("run", "wordcuont", "a", "--output", Output));
        Assert.Equal("error: there is no job 'wordcuont'. Did you mean 'wordcount'? Jobs: wordcount, grep.", _host.Error.ToString().Split('\n')[0]);
    }

    public void Dispose()
    {
        _host.Dispose();
        _directory.Dispose();
    }

    private string Report() => _host.Error.ToString().Split("with the file ")[1].Split(" at ")[0];
}
