using MapReduce.MasterService.Redis;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Redis;

/// <summary>A Redis that cannot be used now is no error of the caller's: all calls may be repeated.</summary>
public sealed class RedisFailureTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task AnyCall_RedisIsGone_IsUnavailableUntilItIsBack()
    {
        await using var bench = await RedisBench.StartAsync(Lease, "--appendonly", "yes", "--appendfsync", "always");
        await bench.Server.KillAsync();
        await Assert.ThrowsAsync<MasterUnavailableException>(async () => await bench.ViewAsync());
        await bench.Server.RunAsync();
        await RedisBench.UntilAsync(async () => await bench.ViewAsync() is not null);
    }

    [Fact]
    public async Task Submit_MemoryIsFull_IsUnavailable()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        await bench.Database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1mb");
        await Assert.ThrowsAsync<MasterUnavailableException>(async () => await bench.StartTaskAsync());
    }

    [Fact]
    public async Task Claim_RedisIsAReplica_IsUnavailable()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        await bench.Database.ExecuteAsync("CONFIG", "SET", "replica-serve-stale-data", "yes");
        await bench.Database.ExecuteAsync("REPLICAOF", "127.0.0.1", "1");
        await Assert.ThrowsAsync<MasterUnavailableException>(async () => await bench.StartTaskAsync());
    }

    [Fact]
    public async Task Claim_TwoMastersAtOnce_GrantEachTaskOnce()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        var other = new RedisTaskLeaseStore(bench.Connection, TimeProvider.System);
        var window = new FreshWindow(0, TaskKind.Map, 0, [0, 1, 2, 3]);
        var grants = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? bench.Store : other).ClaimAsync(new ClaimRequest(RedisBench.JobId, $"w{i}", 1, (ulong)i, window, false), default).AsTask()));
        Assert.Equal([0, 1, 2, 3], grants.SelectMany(grant => grant.Tasks).Select(task => task.Task.Index).Order());
    }

    [Fact]
    public async Task Complete_OtherMasterNamedOtherCountersFirst_CountsUnderTheRightNames()
    {
        await using var bench = await RedisBench.StartAsync(Lease);
        var other = new RedisTaskLeaseStore(bench.Connection, TimeProvider.System);
        var (first, second) = (await bench.StartTaskAsync(), await bench.StartTaskAsync());
        await bench.Store.CompleteAsync([new CompletedAttempt(first, Counting("A", 1, "B", 10))], default);
        await other.CompleteAsync([new CompletedAttempt(second, Counting("C", 100, "B", 1000))], default);
        Assert.Equal(new Dictionary<string, long> { ["A"] = 1, ["B"] = 1010, ["C"] = 100 }, await bench.Store.CountersAsync(RedisBench.JobId, default));
    }

    private static AttemptResult Counting(string name, long value, string otherName, long otherValue)
    {
        var result = new AttemptResult { Counters = [] };
        result.Counters.Add(name, value);
        result.Counters.Add(otherName, otherValue);
        return result;
    }
}
