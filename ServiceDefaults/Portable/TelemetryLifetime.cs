using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MapReduce.ServiceDefaults;

/// <summary>
/// Starts the export with the host, and sends what is still buffered when the host stops. Registered before the
/// services' own workers, and so stopped after them.
/// </summary>
internal sealed class TelemetryLifetime(OpenTelemetrySdk sdk) : IHostedService
{
    // A collector that hangs must not hold a service that was told to stop.
    private const int FlushMilliseconds = 3_000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The flush blocks its thread while it sends.
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => sdk.TracerProvider.ForceFlush(FlushMilliseconds), CancellationToken.None),
        Task.Run(() => sdk.MeterProvider.ForceFlush(FlushMilliseconds), CancellationToken.None));
}
