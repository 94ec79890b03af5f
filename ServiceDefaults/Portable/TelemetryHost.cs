using MapReduce.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace MapReduce.ServiceDefaults;

/// <summary>Ties the telemetry SDK to the life of the host. The Aspire profile has a class of this name, too.</summary>
internal static class TelemetryHost
{
    /// <summary>Builds the SDK when the host starts.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration, Action<IOpenTelemetryBuilder> configure)
    {
        services.AddSingleton(_ => OpenTelemetrySdk.Create(sdk =>
        {
            // The SDK would otherwise read environment variables only, and not what the host was configured with.
            sdk.Services.AddSingleton(configuration);
            configure(sdk);
        }));
        services.AddHostedService(provider =>
        {
            var sdk = provider.GetRequiredService<OpenTelemetrySdk>();
            return new TelemetryLifetime(sdk.TracerProvider, sdk.MeterProvider);
        });
    }
}
