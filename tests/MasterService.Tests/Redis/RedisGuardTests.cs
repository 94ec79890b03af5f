using MapReduce.MasterService.Redis;
using MapReduce.Protocol;
using StackExchange.Redis;

namespace MapReduce.MasterService.Tests.Redis;

/// <summary>What happens to leases when Redis itself is stopped, restarted, wiped or set back. Each test has a Redis of its own.</summary>
public sealed class RedisGuardTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(1500);

    [Fact]
    public async Task Reap_RedisWasPaused_GivesUpNothingForOneLease()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        await bench.PassGraceAsync();
        var lease = await bench.StartTaskAsync();
        bench.Server.Pause();
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        bench.Server.Continue();
        Assert.True((await bench.ReapAsync()).IsGuardChanged);
        Assert.Equal(0, (await bench.ViewAsync())!.Attempts.Lost);
        Assert.Equal(RenewAnswer.Ok, await bench.RenewAsync(lease));
    }

    [Fact]
    public async Task Reap_GraceHasPassed_GivesUpTheSilent()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        await bench.PassGraceAsync();
        await bench.StartTaskAsync();
        await RedisBench.UntilAsync(async () =>
        {
            await bench.ReapAsync();
            return (await bench.ViewAsync())!.Attempts.Lost == 1;
        });
    }

    [Fact]
    public async Task Reap_MastersWereAway_GivesUpNothingForOneLease()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        await bench.PassGraceAsync();
        await bench.StartTaskAsync();
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        Assert.True((await bench.ReapAsync()).IsGuardChanged);
        Assert.Equal((1, 0), ((await bench.ViewAsync())!.Running, (await bench.ViewAsync())!.Attempts.Lost));
    }

    // The guard's look is in another slot than the job: between the two, Redis may have become another one.
    [Theory]
    [InlineData(true, false, -1)]
    [InlineData(false, true, -1)]
    [InlineData(false, false, 1)]
    public async Task ReapScript_RedisOrTimeOfTheLookIsAnother_LooksAtNothing(bool isOtherRedis, bool isOldLook, int expected)
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        var lease = await bench.StartTaskAsync();
        await RedisBench.UntilAsync(async () => !await bench.Database.KeyExistsAsync(RedisBench.LeaseKey(lease)));
        await bench.ReapAsync();
        var guard = await bench.Database.HashGetAsync(RedisKeys.Guard, ["fence", "tick"]);
        var fence = isOtherRedis ? "another" : (string)guard[0]!;
        var tick = (long)guard[1] - (isOldLook ? 500_001 : 0);
        Assert.Equal(expected, (int)await bench.Database.ScriptEvaluateAsync(new RedisScripts().Reap.Text, [RedisKeys.Job(RedisBench.JobId)], [fence, tick]));
    }

    [Fact]
    public async Task Reap_RedisRestartedWithItsLog_KeepsTheAttempts()
    {
        await using var bench = await RedisBench.StartAsync(Lease, "--appendonly", "yes", "--appendfsync", "always");
        await bench.PassGraceAsync();
        var lease = await bench.StartTaskAsync();
        await bench.Server.KillAsync();
        await bench.Server.RunAsync();
        await RedisBench.UntilAsync(async () => (await bench.ReapAsync()).IsGuardChanged);
        Assert.Equal(RenewAnswer.Ok, await bench.RenewAsync(lease));
        Assert.Equal(CompleteAnswer.Ok, await bench.CompleteAsync(lease));
    }

    [Fact]
    public async Task Reap_RedisSetBackToAnOlderSnapshot_KeepsTheAttemptsOfThen()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        await bench.PassGraceAsync();
        var lease = await bench.StartTaskAsync();
        await bench.Database.ExecuteAsync("SAVE");
        Assert.Equal(CompleteAnswer.Ok, await bench.CompleteAsync(lease));
        await bench.Server.KillAsync();
        await bench.Server.RunAsync();
        await RedisBench.UntilAsync(async () => (await bench.ReapAsync()).IsGuardChanged);
        Assert.Equal((1, 0, 0), ((await bench.ViewAsync())!.Running, (await bench.ViewAsync())!.Map.Done, (await bench.ViewAsync())!.Attempts.Lost));
        Assert.Equal(CompleteAnswer.Ok, await bench.CompleteAsync(lease));
    }

    // Its workers may hold outputs of which the data that it came back with knows nothing.
    [Fact]
    public async Task Reap_RedisRestarted_BeginsANewEpoch()
    {
        await using var bench = await RedisBench.StartAsync(Lease, "--appendonly", "yes", "--appendfsync", "always");
        await bench.PassGraceAsync();
        var epoch = await bench.RegisterAsync(1);
        Assert.Equal(epoch, await bench.RegisterAsync(2));
        await bench.Server.KillAsync();
        await bench.Server.RunAsync();
        await RedisBench.UntilAsync(async () => (await bench.ReapAsync()).IsGuardChanged);
        Assert.NotEqual(epoch, await bench.RegisterAsync(3));
    }

    [Fact]
    public async Task Reap_MastersWereAway_KeepsTheEpoch()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        await bench.ReapAsync();
        var epoch = await bench.RegisterAsync(1);
        await bench.Database.HashSetAsync(RedisKeys.Guard, "tick", 0);
        Assert.True((await bench.ReapAsync()).IsGuardChanged);
        Assert.Equal(epoch, await bench.RegisterAsync(2));
    }

    [Fact]
    public async Task Submit_KnownJobThatIsNotListed_IsListedAgain()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        await bench.Database.KeyDeleteAsync(RedisKeys.Jobs);
        Assert.Empty((await bench.Store.ActiveAsync(default)).Jobs);
        Assert.True(await bench.SubmitAsync());
        Assert.Single((await bench.Store.ActiveAsync(default)).Jobs);
    }

    [Fact]
    public async Task Reap_RedisWiped_TellsItAndTheEpochChanges()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        await bench.PassGraceAsync();
        var lease = await bench.StartTaskAsync();
        var epoch = (await bench.Store.RegisterAsync(new WorkerRegistration("w1", 1, null), 1, default)).Epoch;
        await bench.Database.ExecuteAsync("FLUSHALL");
        Assert.True((await bench.ReapAsync()).IsGuardChanged);
        Assert.Null(await bench.ViewAsync());
        Assert.Equal(RenewAnswer.Lost, await bench.RenewAsync(lease));
        Assert.NotEqual(epoch, (await bench.Store.RegisterAsync(new WorkerRegistration("w1", 1, null), 2, default)).Epoch);
    }

    [Fact]
    public async Task Announce_RedisWipedAndJobSubmittedAgain_WinsWithTheOldToken()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        var lease = await bench.StartTaskAsync();
        await bench.CompleteAsync(lease);
        await bench.Database.ExecuteAsync("FLUSHALL");
        await bench.SubmitAsync();
        Assert.True(await bench.Store.AnnounceAsync("w1", lease, "print", RedisBench.Result(), default));
        Assert.Equal(lease.Token, Assert.Single((await bench.Store.WinnersAsync(RedisBench.JobId, 0, TaskKind.Map, default)).Wins).Token);
    }

    [Fact]
    public async Task AnyCall_ScriptsWereFlushed_IsAnsweredAsBefore()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        var lease = await bench.StartTaskAsync();
        await bench.Database.ExecuteAsync("SCRIPT", "FLUSH");
        Assert.Equal(CompleteAnswer.Ok, await bench.CompleteAsync(lease));
        Assert.Equal(1, (await bench.ViewAsync())!.Map.Done);
    }

    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("volatile-ttl")]
    public async Task Check_PolicyThatDropsKeys_IsRefusedWithTheRemedy(string policy)
    {
        await using var bench = await RedisBench.StartAsync(Lease, "--maxmemory-policy", policy);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => RedisGuard.CheckAsync(bench.Connection, TimeProvider.System, default));
        Assert.Contains($"maxmemory-policy {policy}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("CONFIG SET maxmemory-policy noeviction", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NoEviction_Passes()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        await RedisGuard.CheckAsync(bench.Connection, TimeProvider.System, default);
    }
}
