using System.Globalization;
using MapReduce.MasterService.Tests.Redis;

namespace MapReduce.MasterService.Tests.Stores.Differential;

/// <summary>
/// Any calls in any order get the same answers from the store in memory and from the one in Redis. STORE_SEED replays a failure,
/// STORE_CALLS sets how many calls are made with each seed.
/// </summary>
public sealed class DifferentialTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task AnyCalls_InAnyOrder_AreAnsweredAlike(int seed)
    {
        seed = Setting("STORE_SEED", seed);
        var walk = new StoreWalk(new StoreTwins(redis.Database), seed);
        try
        {
            await walk.RunAsync(Setting("STORE_CALLS", 700));
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"STORE_SEED={seed} finds it again: {failure.Message}", failure);
        }
    }

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : usual;
}
