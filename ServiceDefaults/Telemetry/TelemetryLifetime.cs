using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MapReduce.ServiceDefaults.Telemetry;

/// <summary>
/// Starts the export with the host, and sends what is still buffered when the host stops. Registered before the
/// services' own workers, and so stopped after them.
/// </summary>
internal sealed class TelemetryLifetime(TracerProvider traces, MeterProvider metrics) : IHostedService
{
    // A collector that hangs must not hold a service that was told to stop.
    private const int FlushMilliseconds = 3_000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The flush blocks its thread while it sends.
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => traces.ForceFlush(FlushMilliseconds), CancellationToken.None),
        Task.Run(() => metrics.ForceFlush(FlushMilliseconds), CancellationToken.None));
}
