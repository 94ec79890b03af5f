using AppHost.Tests.Support;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>The launcher is killed, and with it goes everything; what it had begun goes on when it is started again.</summary>
public sealed class LauncherLossTests(FaultCluster cluster) : IClassFixture<FaultCluster>
{
    [Fact]
    public async Task Kill_InTheMiddleOfMaps_LeavesNoOrphanAndGoesOnAfterRestart()
    {
        await using var job = await cluster.SubmitAsync(maps: 5, openMaps: 2);
        await job.MapsAsync(done: 2, waiting: 3);
        var services = cluster.Portable.Services();

        await cluster.Portable.KillLauncherAsync();

        Assert.Equal(5, services.Count);
        await Eventually.HoldsAsync(() => !services.Values.Any(Signals.IsAlive), "all services end with the launcher");
        await cluster.Portable.StartLauncherAsync();
        await job.EndAsync();
    }
}
