using MapReduce.ServiceDefaults.Redis;
using MapReduce.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Hosting;

namespace MapReduce.ServiceDefaults;

/// <summary>
/// Registers the Redis client by Aspire's integration, which adds a span per command and logs lost connections. The
/// portable profile has a class of this name, too.
/// </summary>
internal static class RedisClient
{
    /// <exception cref="ArgumentException">The connection string cannot be parsed.</exception>
    public static void Add(IHostApplicationBuilder builder, string connectionString)
    {
        // Aspire would find the mistake only when the connection is first asked for.
        RedisOptions.Parse(connectionString);
        builder.AddRedisClient(
            RedisConnectionExtensions.ConnectionName,
            settings =>
            {
                settings.ConnectionString = RedisOptions.WithDefaults(connectionString);
                // The health check of both profiles is this project's own: it has a time limit.
                settings.DisableHealthChecks = true;
                settings.DisableTracing = !TelemetryExtensions.IsExported(builder.Configuration);
            },
            options => RedisOptions.Complete(options));
    }
}
