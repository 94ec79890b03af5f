using AppHost.Tests.Support;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>A cluster over a Redis that tests stop, freeze and wipe.</summary>
public sealed class RedisFaultCluster() : FaultCluster(testRedis: true)
{
    internal RedisProcess Redis => Portable.Redis!;
}

/// <summary>Redis goes away for longer than leases last, and comes back with or without what it knew.</summary>
public sealed class RedisLossTests(RedisFaultCluster cluster) : IClassFixture<RedisFaultCluster>
{
    [Fact]
    public Task Stop_ForSixLeases_LosesAndExpiresNothing() => OutlivesAsync(cluster.Redis.Stop, cluster.Redis.StartAsync);

    [Fact]
    public Task Kill_ForSixLeases_LosesAndExpiresNothing() => OutlivesAsync(cluster.Redis.Kill, cluster.Redis.StartAsync);

    [Fact]
    public Task Pause_ForSixLeases_LosesAndExpiresNothing() => OutlivesAsync(cluster.Redis.Pause, () =>
    {
        cluster.Redis.Resume();
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Wipe_InTheMiddleOfMaps_GoesOnFromJournalAndOutputs()
    {
        await using var job = await cluster.SubmitAsync(maps: 6, openMaps: 3);
        await job.MapsAsync(done: 3, waiting: 3);
        await WipeAsync(job);
        await job.EndAsync();
        await job.AssertMapCallsAsync(1, 1, 1);
    }

    [Fact]
    public async Task Wipe_InTheMiddleOfReduces_RunsNoMapAgain()
    {
        await using var job = await cluster.SubmitAsync(maps: 4, openMaps: 4, holdReduces: true);
        await job.ReducesAsync(done: 0, waiting: 3);
        await WipeAsync(job);
        await job.EndAsync();
        await job.AssertMapCallsAsync(1, 1, 1, 1);
    }

    private async Task WipeAsync(GateRun job)
    {
        await job.KnownAsync();
        cluster.Redis.Kill();
        cluster.Redis.Wipe();
        await cluster.Redis.StartAsync();
    }

    private async Task OutlivesAsync(Action leave, Func<Task> comeBack)
    {
        await using var job = await cluster.SubmitAsync(maps: 5, openMaps: 2);
        await job.MapsAsync(done: 2, waiting: 3);

        leave();
        await Outage.LastAsync(Outage.OfRedis / 2);
        // Its attempt ends while nothing can be written down.
        job.OpenMap(3);
        await Outage.LastAsync(Outage.OfRedis / 2);
        await comeBack();

        await job.MapsAsync(done: 3, waiting: 2);
        await job.EndAsync();
        await job.AssertNoAttemptTwiceAsync();
    }
}
