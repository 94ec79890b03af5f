using System.Globalization;
using MapReduce.MasterService.Tests.Redis;
using Xunit.Abstractions;

namespace MapReduce.MasterService.Tests.Stores.Differential;

/// <summary>
/// Any calls in any order get the same answers from the store in memory and from the one in Redis: a hundred thousand of them, in
/// walks of 5,000. STORE_CALLS sets another number; STORE_SEED is where the first walk begins, and so replays a failure.
/// </summary>
/// <remarks>
/// Not compared: Redis's own expiry, since its clock cannot be moved. Leases lapse by the walk's clock instead; that they are keys
/// which Redis drops is what <see cref="RedisExpiryTests"/> tests.
/// </remarks>
public sealed class DifferentialTests(RedisFixture redis, ITestOutputHelper output) : IClassFixture<RedisFixture>
{
    // An hour of the store's time must not pass in a walk: then Redis, whose clock is its own, would not forget ended jobs.
    private const int LongestWalk = 5_000;

    [Fact]
    public async Task AnyCalls_InAnyOrder_AreAnsweredAlike()
    {
        var counts = new WalkCounts();
        var seed = Setting("STORE_SEED", 1000);
        var began = TimeProvider.System.GetTimestamp();
        for (var left = Setting("STORE_CALLS", 100_000); left > 0; left -= LongestWalk) await WalkAsync(seed++, Math.Min(left, LongestWalk), counts);
        output.WriteLine($"{counts} in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s");
    }

    private async Task WalkAsync(int seed, int calls, WalkCounts counts)
    {
        var walk = new StoreWalk(new StoreTwins(redis.Database, counts), seed, counts);
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
