using System.Diagnostics;
using AppHost.Tests.Support;
using MapReduce.AppHost.Portable.Data;
using MapReduce.AppHost.Portable.Processes;

namespace AppHost.Tests.Portable.Data;

public sealed class LeftoversTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    [Fact]
    public async Task Gone_FirstStart_IsSo() => await GoneAsync();

    [Fact]
    public async Task Gone_ProcessThatTookTheNumber_IsNotWaitedFor()
    {
        Write(Environment.ProcessId, birth: "another time");
        await GoneAsync();
    }

    [Fact]
    public async Task Gone_FileCutOffByAPowerFailure_IsSo()
    {
        File.WriteAllText(_home.Below("cluster.json"), "");
        await GoneAsync();
    }

    [Fact]
    public async Task Gone_ServiceStillRuns_WaitsForItsEnd()
    {
        using var service = Process.Start("sleep", "60");
        Write(service.Id, ProcessBirth.Of(service.Id)!);
        var gone = GoneAsync();
        Assert.False(gone.IsCompleted);
        service.Kill();
        await gone;
    }

    public void Dispose() => _home.Dispose();

    private void Write(int pid, string birth) => new ClusterFile("http://127.0.0.1:1", [new RunningService("redis", pid, birth)]).Write(_home.Below("cluster.json"));

    private async Task GoneAsync()
    {
        using var data = DataFolder.Open(_home.Path);
        await Leftovers.GoneAsync(data, TimeProvider.System, CancellationToken.None);
    }
}
