using System.Globalization;
using MapReduce.MasterService.Tests.Redis;

namespace MapReduce.MasterService.Tests.Stores.Differential;

/// <summary>
/// Any calls in any order get the same answers from the store in memory and from the one in Redis. STORE_SEED replays a failure;
/// STORE_CALLS sets how many calls each test makes, in walks of 5,000: 25,000 make a hundred thousand in all.
/// </summary>
public sealed class DifferentialTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    // An hour of the store's time must not pass in a walk: then Redis, whose clock is its own, would not forget ended jobs.
    private const int LongestWalk = 5_000;

    [Theory]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(3000)]
    [InlineData(4000)]
    public async Task AnyCalls_InAnyOrder_AreAnsweredAlike(int seed)
    {
        seed = Setting("STORE_SEED", seed);
        for (var left = Setting("STORE_CALLS", 2_000); left > 0; left -= LongestWalk) await WalkAsync(seed++, Math.Min(left, LongestWalk));
    }

    private async Task WalkAsync(int seed, int calls)
    {
        var walk = new StoreWalk(new StoreTwins(redis.Database), seed);
        try
        {
            await walk.RunAsync(calls);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"STORE_SEED={seed} STORE_CALLS={calls} finds it again: {failure.Message}", failure);
        }
    }

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : usual;
}
