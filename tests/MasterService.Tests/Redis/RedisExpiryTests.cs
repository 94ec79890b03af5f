using MapReduce.MasterService.Redis;
using MapReduce.Protocol;

namespace MapReduce.MasterService.Tests.Redis;

/// <summary>Redis's own expiry, by its real clock.</summary>
public sealed class RedisExpiryTests
{
    [Fact]
    public async Task Claim_Granted_LeaseKeyLastsTheLease()
    {
        await using var bench = await RedisBench.StartAsync(TimeSpan.FromSeconds(30));
        var lease = await bench.StartTaskAsync();
        Assert.InRange((await bench.Database.KeyTimeToLiveAsync(RedisBench.LeaseKey(lease)))!.Value, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Renew_LeaseRunsDown_LastsTheWholeLeaseAgain()
    {
        await using var bench = await RedisBench.StartAsync(TimeSpan.FromSeconds(30));
        var lease = await bench.StartTaskAsync();
        await bench.Database.KeyExpireAsync(RedisBench.LeaseKey(lease), TimeSpan.FromSeconds(2));
        await bench.RenewAsync(lease);
        Assert.InRange((await bench.Database.KeyTimeToLiveAsync(RedisBench.LeaseKey(lease)))!.Value, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Renew_LeaseRanOut_IsMadeAgainWhileNobodyGaveItUp()
    {
        await using var bench = await RedisBench.StartAsync(TimeSpan.FromMilliseconds(100));
        var lease = await bench.StartTaskAsync();
        await RedisBench.UntilAsync(async () => !await bench.Database.KeyExistsAsync(RedisBench.LeaseKey(lease)));
        Assert.Equal(RenewAnswer.Ok, await bench.RenewAsync(lease));
    }

    [Fact]
    public async Task Complete_LeaseRanOut_StillWinsWhileNobodyGaveItUp()
    {
        await using var bench = await RedisBench.StartAsync(TimeSpan.FromMilliseconds(100));
        var lease = await bench.StartTaskAsync();
        await RedisBench.UntilAsync(async () => !await bench.Database.KeyExistsAsync(RedisBench.LeaseKey(lease)));
        Assert.Equal(CompleteAnswer.Ok, await bench.CompleteAsync(lease));
    }

    [Fact]
    public async Task Complete_Won_LeavesNoLeaseKey()
    {
        await using var bench = await RedisBench.StartAsync(TimeSpan.FromSeconds(30));
        var lease = await bench.StartTaskAsync();
        await bench.CompleteAsync(lease);
        Assert.False(await bench.Database.KeyExistsAsync(RedisBench.LeaseKey(lease)));
    }

    [Fact]
    public async Task Finish_JobWithTasks_LeavesFourKeysForAnHour()
    {
        await using var bench = await RedisBench.StartAsync(TimeSpan.FromSeconds(30));
        await bench.CompleteAsync(await bench.StartTaskAsync());
        await bench.StartTaskAsync();
        await bench.Store.FinishAsync(RedisBench.JobId, JobState.Failed, "why", default);
        var server = bench.Connection.GetServer(bench.Connection.GetEndPoints()[0]);
        var keys = server.Keys(pattern: RedisKeys.All(RedisBench.JobId)).ToArray();
        Assert.Equal(4, keys.Length);
        foreach (var key in keys)
            Assert.InRange((await bench.Database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
    }
}
