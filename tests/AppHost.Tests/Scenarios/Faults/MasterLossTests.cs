using AppHost.Tests.Support;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>Masters that are killed and come back: Redis and the data folder stay.</summary>
[Collection(SharedFaultCluster.Name)]
public sealed class MasterLossTests(FaultCluster cluster)
{
    [Fact]
    public async Task Kill_InTheMiddleOfMapsAndOfReduces_RestartsNoAttempt()
    {
        // The usual lease, for a restart takes longer than a third of the short one.
        await using var job = await cluster.SubmitAsync(maps: 5, openMaps: 2, holdReduces: true, lease: TimeSpan.FromSeconds(10));
        await job.MapsAsync(done: 2, waiting: 3);
        await KillAsync();
        job.OpenMaps();
        await job.ReducesAsync(done: 0, waiting: 3);
        await KillAsync();

        await job.EndAsync();

        await job.AssertNoAttemptTwiceAsync();
    }

    [Fact]
    public async Task Away_ForEighteenLeasesInTheMiddleOfMaps_RestartsNoAttempt()
    {
        await using var job = await cluster.SubmitAsync(maps: 5, openMaps: 2);
        await job.MapsAsync(done: 2, waiting: 3);

        await WithoutMasterAsync(Outage.OfMaster / 2);
        // Its attempt ends while nobody hears of it.
        job.OpenMap(3);
        await WithoutMasterAsync(Outage.OfMaster / 2);

        await job.MapsAsync(done: 3, waiting: 2);
        await job.EndAsync();
        await job.AssertNoAttemptTwiceAsync();
    }

    private async Task KillAsync()
    {
        var pid = cluster.Portable.Services()["master"];
        await cluster.Portable.KillMasterAsync();
        await cluster.Portable.RestartedAsync("master", pid);
    }

    // The launcher starts it again and again, and each time it is killed before it listens.
    private async Task WithoutMasterAsync(TimeSpan length)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (TimeProvider.System.GetElapsedTime(began) < length)
        {
            if (cluster.Portable.Services().TryGetValue("master", out var pid)) Signals.Send("KILL", pid);
            await timer.WaitForNextTickAsync();
        }
    }
}
