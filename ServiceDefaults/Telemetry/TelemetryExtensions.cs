using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MapReduce.ServiceDefaults.Telemetry;

/// <summary>Exports traces, metrics and logs by OTLP.</summary>
internal static class TelemetryExtensions
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether there is somebody to send telemetry to.</summary>
    public static bool IsExported(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[Endpoint]);

    /// <summary>Does nothing, and costs nothing, when no endpoint is configured.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (!IsExported(builder.Configuration)) return;
        // Without it ASP.NET Core leaves method, path and status of its spans to an instrumentation package.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        var (configuration, name) = (builder.Configuration, builder.Environment.ApplicationName);
        TelemetryHost.Add(builder.Services, configuration, sdk => Configure(sdk, name));
        builder.Services.AddSingleton<IStartupFilter, ServerSpanStartupFilter>();
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(Resource(ResourceBuilder.CreateEmpty(), name));
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
            logs.AddOtlpExporter();
        });
    }

    private static void Configure(IOpenTelemetryBuilder sdk, string name) =>
        sdk.ConfigureResource(resource => Resource(resource.Clear(), name))
            .WithTracing(traces => traces.AddSource(TelemetryNames.Sources).SetSampler(new JobSampler()).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(TelemetryNames.Meters).AddOtlpExporter());

    // Later detectors win: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES over the name of the program.
    private static ResourceBuilder Resource(ResourceBuilder resource, string name) =>
        resource.AddService(name, autoGenerateServiceInstanceId: true).AddTelemetrySdk().AddEnvironmentVariableDetector();
}
