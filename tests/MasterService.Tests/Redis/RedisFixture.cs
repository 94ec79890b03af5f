using StackExchange.Redis;

namespace MapReduce.MasterService.Tests.Redis;

/// <summary>One Redis for the tests of a class, which run one after the other.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    public RedisServer Server { get; private set; } = null!;

    public ConnectionMultiplexer Connection { get; private set; } = null!;

    public IDatabase Database => Connection.GetDatabase();

    public async Task InitializeAsync()
    {
        Server = await RedisServer.StartAsync();
        Connection = await ConnectionMultiplexer.ConnectAsync(Server.Configuration);
    }

    public async Task DisposeAsync()
    {
        await Connection.CloseAsync(false);
        Connection.Dispose();
        await Server.DisposeAsync();
    }
}
