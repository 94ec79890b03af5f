using System.Text;
using App.Tests.Support;
using Cli.Tests.Support;
using MapReduce.App;
using MapReduce.Protocol;

namespace Cli.Tests;

public sealed class StandardOutputTests : IDisposable
{
    private readonly TestHost _host = new() { StandardOutput = new FullDevice() };
    private readonly TemporaryDirectory _directory = new();

    private string Output => Path.Combine(_directory.Path, "out");

    [Theory]
    [InlineData("jobs")]
    [InlineData("doctor")]
    [InlineData("run --help")]
    public async Task Write_DeviceFull_IsExitCode1WithOneLine(string line)
    {
        Assert.Equal(1, await _host.RunAsync(line.Split(' ')));
        Assert.Equal("error: cannot write to standard output: No space left on device.\n", _host.Error.ToString());
    }

    [Theory]
    [InlineData()]
    [InlineData("--json")]
    public async Task Run_DeviceFull_EndsTheJobAndSaysThatItsOutputIsComplete(params string[] json)
    {
        _host.Cluster = (_, progress, _) =>
        {
            progress!.Report(Statuses.Succeeded);
            return Task.FromResult(Statuses.Succeeded);
        };
        Assert.Equal(1, await _host.RunAsync(["run", "wordcount", "a", "--output", Output, .. json]));
        Assert.EndsWith(
            $"error: cannot write to standard output: No space left on device. The job succeeded: its output in {Output} is complete.\n",
            _host.Error.ToString());
    }

    [Fact]
    public async Task Run_DeviceFullAndJobFailed_SaysNothingOfOutput()
    {
        _host.Cluster = (_, _, _) => Task.FromResult(Statuses.Of(JobState.Failed) with { Error = "broken" });
        Assert.Equal(1, await _host.RunAsync("run", "wordcount", "a", "--output", Output, "--json"));
        Assert.DoesNotContain("complete", _host.Error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _host.Dispose();
        _directory.Dispose();
    }

    /// <summary>A writer that fails as one on <c>/dev/full</c> does.</summary>
    private sealed class FullDevice : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("No space left on device");
    }
}
