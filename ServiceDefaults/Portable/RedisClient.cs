using MapReduce.ServiceDefaults.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace MapReduce.ServiceDefaults;

/// <summary>Registers the Redis client. The Aspire profile has a class of this name, too.</summary>
internal static class RedisClient
{
    /// <exception cref="ArgumentException">The connection string cannot be parsed.</exception>
    public static void Add(IHostApplicationBuilder builder, string connectionString)
    {
        var options = RedisOptions.Parse(connectionString);
        builder.Services.AddSingleton<IConnectionMultiplexer>(services => RedisLog.Watch(
            ConnectionMultiplexer.Connect(options), services.GetRequiredService<ILoggerFactory>()));
    }
}
