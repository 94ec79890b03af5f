using AppHost.Tests.Support;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>Redis is emptied under a running master.</summary>
[Collection(SharedFaultCluster.Name)]
public sealed class StoreWipeTests(FaultCluster cluster)
{
    [Fact]
    public async Task FlushAll_InTheMiddleOfMaps_GoesOnFromJournalAndOutputs()
    {
        await using var job = await cluster.SubmitAsync(maps: 6, openMaps: 3);
        await job.MapsAsync(done: 3, waiting: 3);
        await job.KnownAsync();
        Assert.Equal("+OK", await LauncherRedis.AskAsync(cluster.Portable, "FLUSHALL"));
        await job.EndAsync();
        await job.AssertMapCallsAsync(1, 1, 1);
    }
}
