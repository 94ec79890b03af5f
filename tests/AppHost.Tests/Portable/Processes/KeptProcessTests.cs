using AppHost.Tests.Support;
using MapReduce.AppHost.Portable.Processes;
using MapReduce.AppHost.Portable.Terminal;

namespace AppHost.Tests.Portable.Processes;

public sealed class KeptProcessTests : IDisposable
{
    private const int Killed = 128 + 9;

    private const int Terminated = 128 + 15;

    private readonly TemporaryDirectory _home = new();

    private readonly StringWriter _text = new() { NewLine = "\n" };

    private string Ready => _home.Below("ready");

    [Fact]
    public async Task Exited_EndedByItself_HasTheExitCode()
    {
        using var process = Start("exit 7");
        Assert.Equal(7, await process.Exited);
    }

    [Fact]
    public async Task Exited_Output_IsLoggedUnderTheName()
    {
        using var process = Start("echo out; echo err >&2");
        await process.Exited;
        Assert.Equal(["tested    | err", "tested    | out"], _text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pid_OfRunningProcess_IsItsOwn()
    {
        using var process = Start("exec sleep 60");
        var pid = (await process.PidAsync())!.Value;
        Signals.Send("KILL", pid);
        Assert.Equal(Killed, await process.Exited);
    }

    [Fact]
    public async Task RequestStop_Obedient_EndsItBySigterm()
    {
        using var process = Start("exec sleep 60");
        await process.PidAsync();
        process.RequestStop();
        Assert.Equal(Terminated, await process.Exited);
    }

    [Fact]
    public async Task Abandon_AfterRequestStop_KillsTheStubborn()
    {
        using var process = await StartStubbornAsync();
        process.RequestStop();
        process.Abandon();
        Assert.Equal(Killed, await process.Exited);
    }

    [Fact]
    public async Task Abandon_LauncherGone_EndsEvenTheStubborn()
    {
        using var process = await StartStubbornAsync();
        process.Abandon();
        Assert.Equal(Killed, await process.Exited);
    }

    [Fact]
    public async Task Kill_KeeperAndItsWatchWereKilled_EndsIt()
    {
        using var process = Start("exec sleep 60");
        var pid = (await process.PidAsync())!.Value;
        foreach (var keeper in Signals.GroupOf(pid).Where(other => other != pid)) Signals.Send("KILL", keeper);
        process.Kill();
        await process.Exited;
        Assert.False(Signals.IsAlive(pid));
    }

    [Fact]
    public async Task RequestStop_AfterTheEnd_DoesNothing()
    {
        using var process = Start("exit 0");
        await process.Exited;
        process.RequestStop();
    }

    [Fact]
    public async Task Environment_NullValue_TakesTheVariableAway()
    {
        var command = new ProcessCommand("/bin/sh", ["-c", "echo \"<$HOME>\""], "/", new Dictionary<string, string?> { ["HOME"] = null });
        using var process = KeptProcess.Start(command, "tested", new LogWriter(_text, colour: false));
        await process.Exited;
        Assert.Equal("tested    | <>\n", _text.ToString());
    }

    public void Dispose()
    {
        _text.Dispose();
        _home.Dispose();
    }

    // Deaf to SIGTERM from the moment it is returned.
    private async Task<KeptProcess> StartStubbornAsync()
    {
        var process = Start($"trap '' TERM; : > '{Ready}'; while :; do sleep 0.1; done");
        await Eventually.HoldsAsync(() => File.Exists(Ready), "the process is ready");
        return process;
    }

    private KeptProcess Start(string script) =>
        KeptProcess.Start(new ProcessCommand("/bin/sh", ["-c", script], "/", new Dictionary<string, string?>()), "tested", new LogWriter(_text, colour: false));
}
