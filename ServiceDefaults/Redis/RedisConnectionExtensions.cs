using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace MapReduce.ServiceDefaults.Redis;

/// <summary>The connection to Redis, for the services that keep something there.</summary>
public static class RedisConnectionExtensions
{
    /// <summary>The name of the connection string and of the health check.</summary>
    public const string ConnectionName = "redis";

    /// <summary>
    /// Registers an <see cref="IConnectionMultiplexer"/> to the Redis that <c>ConnectionStrings:redis</c> names, and a
    /// health check. The connection is made when it is first asked for; where Redis is away then or later, it is
    /// tried again every second, and commands fail with a <see cref="RedisConnectionException"/> meanwhile.
    /// </summary>
    /// <returns>False, and nothing is registered, when there is no such connection string.</returns>
    /// <exception cref="ArgumentException">The connection string cannot be parsed.</exception>
    public static bool AddRedisConnection(this IHostApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString(ConnectionName);
        if (string.IsNullOrWhiteSpace(connectionString)) return false;
        RedisClient.Add(builder, connectionString);
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            ConnectionName,
            services => ActivatorUtilities.CreateInstance<RedisHealthCheck>(services),
            failureStatus: HealthStatus.Unhealthy,
            tags: null));
        return true;
    }
}
