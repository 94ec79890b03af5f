using MapReduce.MasterService.Redis;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Redis;

/// <summary>A job whose keys make no sense must be nobody's trouble but its own.</summary>
public sealed class BrokenJobTests
{
    private const string Other = "other";
    private static readonly byte[] Nonsense = [0xc1];

    // The scripts read the plan, the masters the shape.
    [Theory]
    [InlineData("plan")]
    [InlineData("shape")]
    public async Task Active_OneJobCannotBeRead_TellsOfItBesideTheOthers(string field)
    {
        await using var bench = await StartAsync(field);
        var cluster = await bench.Store.ActiveAsync(default);
        Assert.Equal(Other, Assert.Single(cluster.Jobs).Shape.JobId);
        var broken = Assert.Single(cluster.Broken);
        Assert.Equal(RedisBench.JobId, broken.JobId);
        Assert.Contains("Delete them (mr:{job}:*)", broken.Message, StringComparison.Ordinal);
        Assert.Equal(RedisBench.JobId, (await Assert.ThrowsAsync<BrokenJobException>(async () => await bench.ViewAsync())).JobId);
    }

    [Fact]
    public async Task Reap_OneJobCannotBeRead_ReapsTheOthers()
    {
        await using var bench = await StartAsync("plan");
        var window = new FreshWindow(0, TaskKind.Map, 0, [0]);
        Assert.Single((await bench.Store.ClaimAsync(new ClaimRequest(Other, "w1", 1, 1, window, false), default)).Tasks);
        await RedisBench.UntilAsync(async () =>
        {
            var reaped = await bench.ReapAsync();
            return reaped.Expired == 1 && Assert.Single(reaped.Broken).JobId == RedisBench.JobId;
        });
    }

    private static async Task<RedisBench> StartAsync(string field)
    {
        var bench = await RedisBench.StartAsync(TimeSpan.FromMilliseconds(900));
        await bench.SubmitAsync(Other);
        await bench.Database.HashSetAsync(RedisKeys.Job(RedisBench.JobId), field, Nonsense);
        return bench;
    }
}
