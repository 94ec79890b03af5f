using Cli.Tests.Support;

namespace Cli.Tests.Commands;

public sealed class JobsCommandTests : IDisposable
{
    private readonly TestHost _host = new();

    [Fact]
    public async Task Jobs_WithoutName_ListsThem()
    {
        Assert.Equal(0, await _host.RunAsync("jobs"));
        Assert.Equal("wordcount  Counts words.\n           case=keep, minLength=1\ngrep       Finds lines.\n           text (required)\n", _host.Out.ToString());
    }

    [Fact]
    public async Task Jobs_WithName_ShowsItsOptions()
    {
        await _host.RunAsync("jobs", "wordcount");
        Assert.Equal(
            """
            wordcount: Counts words.

            Options of wordcount (--set NAME=VALUE):
              case       keep or lower                default keep  Letter case.
              minLength  a whole number from 1 to 99  default 1     At least so long.

            mapreduce run wordcount <input>... --output DIR

            """,
            _host.Out.ToString());
    }

    [Fact]
    public async Task Jobs_WithRequiredOption_ShowsItInTheCommand()
    {
        await _host.RunAsync("jobs", "grep");
        Assert.EndsWith("mapreduce run grep <input>... --output DIR --set text=...\n", _host.Out.ToString());
    }

    [Fact]
    public async Task Jobs_UnknownName_IsExitCode4() => Assert.Equal(4, await _host.RunAsync("jobs", "nothing"));

    public void Dispose() => _host.Dispose();
}
