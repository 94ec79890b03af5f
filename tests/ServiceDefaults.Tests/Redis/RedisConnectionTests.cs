using System.Net;
using MapReduce.ServiceDefaults.Redis;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Tests.Support;
using StackExchange.Redis;

namespace ServiceDefaults.Tests.Redis;

public sealed class RedisConnectionTests
{
    [Fact]
    public async Task AddRedisConnection_NoConnectionString_RegistersNothing()
    {
        var added = true;
        await using var service = await TestService.StartAsync(configure: builder => added = builder.AddRedisConnection());
        Assert.False(added || service.Services.GetService<IConnectionMultiplexer>() is not null);
    }

    [Fact]
    public async Task AddRedisConnection_RunningRedis_Connects()
    {
        using var redis = new RedisServer();
        await redis.StartAsync();
        await using var service = await StartAsync(redis);
        Assert.True(await service.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringSetAsync("key", "value"));
    }

    [Fact]
    public async Task Health_RunningRedis_IsOk()
    {
        using var redis = new RedisServer();
        await redis.StartAsync();
        await using var service = await StartAsync(redis);
        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task Health_RedisStartsAfterTheService_BecomesOk()
    {
        using var redis = new RedisServer();
        await using var service = await StartAsync(redis);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.Client.GetAsync("/health")).StatusCode);
        await redis.StartAsync();
        await BecomesAsync(service, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Health_RedisStopsAndStarts_FollowsIt()
    {
        using var redis = new RedisServer();
        await redis.StartAsync();
        await using var service = await StartAsync(redis);
        await BecomesAsync(service, HttpStatusCode.OK);
        redis.Stop();
        await BecomesAsync(service, HttpStatusCode.ServiceUnavailable);
        await redis.StartAsync();
        await BecomesAsync(service, HttpStatusCode.OK);
    }

    [Fact]
    public void Parse_UsersTimeout_WinsOverTheDefault() => Assert.Equal(777, RedisOptions.Parse("localhost:1,connectTimeout=777").ConnectTimeout);

    [Fact]
    public void Parse_UsersAbort_IsNotFollowed() => Assert.False(RedisOptions.Parse("localhost:1,abortConnect=true").AbortOnConnectFail);

    [Fact]
    public void Parse_NoServer_SaysWhatToWrite() =>
        Assert.Contains("localhost:6379", Assert.Throws<ArgumentException>(() => RedisOptions.Parse("password=x")).Message, StringComparison.Ordinal);

    private static Task<TestService> StartAsync(RedisServer redis) => TestService.StartAsync(
        new Dictionary<string, string> { ["ConnectionStrings:redis"] = redis.ConnectionString }, builder => builder.AddRedisConnection());

    private static Task BecomesAsync(TestService service, HttpStatusCode status) => Eventually.HoldsAsync(
        async () => (await service.Client.GetAsync("/health")).StatusCode == status, $"/health answers {status}");
}
