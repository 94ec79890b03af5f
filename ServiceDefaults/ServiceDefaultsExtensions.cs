using MapReduce.ServiceDefaults.Health;
using MapReduce.ServiceDefaults.Http;
using MapReduce.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace MapReduce.ServiceDefaults;

/// <summary>What the master and the worker have in common. Called once, while the host is being built.</summary>
public static class ServiceDefaultsExtensions
{
    // First among the sources, so that every other one can say otherwise: several lines for each poll bury the rest.
    private static readonly Dictionary<string, string?> QuietLogs = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
    };

    /// <summary>
    /// Adds telemetry (exported only when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set), health checks, the system's
    /// <see cref="TimeProvider"/> and the limits of HTTP clients.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietLogs });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks();
        builder.Services.AddHttpClientDefaults();
        builder.AddTelemetry();
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (ready: every health check passes; 503 otherwise) and <c>/alive</c> (the process answers).
    /// Both are open to everybody, and neither is traced.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        HealthEndpoints.Map(app);
        return app;
    }
}
