using MapReduce.MasterService.Tests.Redis;
using MapReduce.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace MapReduce.MasterService.Tests.Stores.Contract;

public sealed class InMemoryStoreTests : LeaseStoreContract
{
    private readonly FakeTimeProvider _time = new();

    public InMemoryStoreTests() => Store = new InMemoryTaskLeaseStore(_time);

    protected override ITaskLeaseStore Store { get; }

    protected override Task AdvanceAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}

public sealed class RedisStoreTests(RedisFixture redis) : LeaseStoreContract, IClassFixture<RedisFixture>
{
    private readonly VirtualRedis _redis = new(redis.Database);

    protected override ITaskLeaseStore Store => _redis.Store;

    protected override Task BeginAsync() => _redis.ResetAsync(DateTimeOffset.UnixEpoch.AddYears(50));

    protected override Task AdvanceAsync(TimeSpan time) => _redis.AdvanceAsync(time);
}
