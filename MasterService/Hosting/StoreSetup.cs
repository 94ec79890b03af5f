using MapReduce.Scheduling;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapReduce.MasterService.Hosting;

/// <summary>Chooses the lease store.</summary>
internal static class StoreSetup
{
    /// <summary>The store in this process's memory, for the one master of a cluster without Redis.</summary>
    public static void AddLeaseStore(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ITaskLeaseStore>(services => new InMemoryTaskLeaseStore(services.GetRequiredService<TimeProvider>()));
        Describe(builder, "leases are kept in memory: one master only, and a restart runs unfinished tasks again");
    }

    private static void Describe(WebApplicationBuilder builder, string text) =>
        builder.Services.AddHealthChecks().AddCheck("store", () => HealthCheckResult.Healthy(text));
}
