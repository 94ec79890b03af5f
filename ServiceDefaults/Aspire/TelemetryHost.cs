using MapReduce.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace MapReduce.ServiceDefaults;

/// <summary>Ties the telemetry SDK to the life of the host. The portable profile has a class of this name, too.</summary>
internal static class TelemetryHost
{
    /// <summary>Builds the SDK when the host starts, in the host's own container: there it finds the host's configuration.</summary>
    public static void Add(IServiceCollection services, IConfiguration _, Action<IOpenTelemetryBuilder> configure)
    {
        configure(services.AddOpenTelemetry());
        services.AddHostedService<TelemetryLifetime>();
    }
}
