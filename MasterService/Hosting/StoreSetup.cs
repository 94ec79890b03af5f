using MapReduce.MasterService.Redis;
using MapReduce.Scheduling;
using MapReduce.ServiceDefaults.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace MapReduce.MasterService.Hosting;

/// <summary>Chooses the lease store, and says in <c>/health</c> which it is.</summary>
internal static class StoreSetup
{
    /// <summary>Redis where <c>ConnectionStrings:redis</c> names one; else this process's memory, for the one master of a cluster.</summary>
    public static void AddLeaseStore(this WebApplicationBuilder builder)
    {
        if (builder.AddRedisConnection())
        {
            builder.Services.AddSingleton<ITaskLeaseStore>(services =>
                new RedisTaskLeaseStore(services.GetRequiredService<IConnectionMultiplexer>(), services.GetRequiredService<TimeProvider>()));
            // Before the services that use the store: they are started in the order of their registration.
            builder.Services.AddHostedService<RedisCheck>();
            Describe(builder, "leases are kept in Redis: any number of masters may share it");
        }
        else
        {
            builder.Services.AddSingleton<ITaskLeaseStore>(services => new InMemoryTaskLeaseStore(services.GetRequiredService<TimeProvider>()));
            Describe(builder, "leases are kept in memory: one master only, and a restart runs unfinished tasks again");
        }
    }

    private static void Describe(WebApplicationBuilder builder, string text) =>
        builder.Services.AddSingleton(new StoreDescription(text)).AddHealthChecks().AddCheck("store", () => HealthCheckResult.Healthy(text));
}

/// <summary>Which lease store a master has, for people.</summary>
/// <param name="Text">A line without a full stop.</param>
internal sealed record StoreDescription(string Text);
