using Cli.Tests.Support;

namespace Cli.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly TestHost _host = new();

    [Theory]
    [InlineData("rnu", "there is no command 'rnu'. Commands: run, stream, submit, job, worker, jobs, export-streaming, doctor.")]
    [InlineData("job", "a command is missing. Commands: list, show, wait, counters, logs, cancel, retry.")]
    [InlineData("worker stop", "there is no command 'stop'. Commands: list, show, drain, resume.")]
    [InlineData("job wait", "<id> is missing")]
    [InlineData("job list --state done", "--state 'done' is none: use submitted, ")]
    [InlineData("job wait j1 --timeout 5", "--timeout '5' is not a time: write a number and a unit")]
    [InlineData("run wordcount a --output o --task-timeout soon", "--task-timeout 'soon' is not a time")]
    [InlineData("run --output o", "<job> is missing")]
    [InlineData("run wordcount --output o", "<input> is missing")]
    [InlineData("run wordcount a", "'--output' is required")]
    [InlineData("run wordcount a --output o --reducers 0", "--reducers '0' is not a whole number from 1 to 65,535.")]
    [InlineData("run wordcount a --output o --workers two", "--workers 'two' is not a whole number from 1 to 1,024.")]
    [InlineData("run wordcount a --output o --memory much", "--memory 'much' is not a size")]
    [InlineData("run wordcount a --output o --split-size 0", "--split-size '0' is not a size")]
    [InlineData("run wordcount a --output o --split-size 1", "--split-size '1' is too small: use 64.0 KiB or more.")]
    [InlineData("run wordcount a --output o --memory 1MiB", "--memory '1MiB' is too small: use 16.0 MiB or more.")]
    [InlineData("run wordcount a --output o --set case", "--set 'case' lacks its value: write --set name=value.")]
    public async Task Usage_Wrong_IsExitCode2WithReason(string line, string reason)
    {
        Assert.Equal(2, await _host.RunAsync(line.Split(' ')));
        Assert.Contains(reason, _host.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("--help' for how it is used.", _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run wordcount a --output o --splt-size 5MB", "unknown option '--splt-size': did you mean '--split-size'? Put -- before file names that begin with a dash.")]
    [InlineData("run wordcount a --output o --splt-size=5MB", "unknown option '--splt-size': did you mean '--split-size'?")]
    [InlineData("run wordcount -dash --output o", "unknown option '-dash'. Put -- before")]
    [InlineData("jobs --json", "unknown option '--json'.")]
    [InlineData("jobs grep --json", "unknown option '--json'.")]
    [InlineData("doctor --json", "unknown option '--json'.")]
    public async Task Usage_UnknownOption_IsExitCode2NotAFileName(string line, string reason)
    {
        Assert.Equal(2, await _host.RunAsync(line.Split(' ')));
        Assert.StartsWith($"error: {reason}", _host.Error.ToString(), StringComparison.Ordinal);
        Assert.Single(_host.Error.ToString().Split('\n'), text => text.StartsWith("error: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Usage_DashNameMeant_IsAnInput()
    {
        Assert.Equal(0, await _host.RunAsync(["run", "wordcount", "--output", "o", "--", "-dash"]));
        Assert.Equal(Path.GetFullPath("-dash"), Assert.Single(_host.Submitted!.Inputs));
    }

    [Theory]
    [InlineData("<input> is empty: ", "run", "wordcount", "", "--output", "o")]
    [InlineData("--output is empty: ", "run", "wordcount", "a", "--output", "")]
    [InlineData("--work-dir is empty: ", "run", "wordcount", "a", "--output", "o", "--work-dir", "")]
    public async Task Usage_EmptyPath_IsExitCode2NamingIt(string reason, params string[] line)
    {
        Assert.Equal(2, await _host.RunAsync(line));
        Assert.Contains($"error: {reason}", _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_SeveralWrong_AreAllReported()
    {
        await _host.RunAsync("run", "wordcount", "--reducers", "x", "--memory", "y");
        Assert.Equal(4, _host.Error.ToString().Split("error: ").Length - 1);
    }

    [Fact]
    public async Task Usage_NoArguments_ShowsHelpOnStandardErrorAndIsExitCode2()
    {
        Assert.Equal(2, await _host.RunAsync());
        Assert.Contains("Examples:", _host.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _host.Out.ToString());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run --help")]
    [InlineData("jobs --help")]
    [InlineData("doctor -h")]
    [InlineData("submit --help")]
    [InlineData("job --help")]
    [InlineData("job wait --help")]
    [InlineData("worker --help")]
    [InlineData("worker drain --help")]
    public async Task Help_OfEveryCommand_TeachesByExamples(string line)
    {
        Assert.Equal(0, await _host.RunAsync(line.Split(' ')));
        Assert.Contains("Examples:\n  # ", _host.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_OfRunWithAJob_EndsWithItsOptionsAndACommand()
    {
        Assert.Equal(0, await _host.RunAsync("run", "grep", "--help"));
        Assert.Matches(
            @"\nOptions of grep \(--set NAME=VALUE\):\n  text  .*  required  What to look for\.\nExample:\n  mapreduce run grep input --output out --set text=\.\.\.\n$",
            _host.Out.ToString());
    }

    [Fact]
    public async Task Help_OfTheWhole_ShowsThatTheNameOfAJobIsOptional()
    {
        await _host.RunAsync("--help");
        Assert.Contains("jobs [name]", _host.Out.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();
}
