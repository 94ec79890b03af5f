using MapReduce.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MapReduce.Cli.Tracing;

/// <summary>
/// Sends the spans of this process by OTLP, until it is disposed. The only file of the command that names OpenTelemetry: its
/// assemblies are loaded with this class, and so only where there is somebody to send to.
/// </summary>
internal sealed class SpanExport : IDisposable
{
    // A collector that hangs must not hold a command whose work is done.
    private const int FlushMilliseconds = 3_000;

    private readonly TextWriter _error;
    private readonly TracerProvider _provider;

    /// <param name="error">Told when the spans could not be sent.</param>
    public SpanExport(TextWriter error)
    {
        _error = error;
        // Later detectors win: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES over the name of the program.
        _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.Clear().AddService("mapreduce", autoGenerateServiceInstanceId: true).AddTelemetrySdk().AddEnvironmentVariableDetector())
            .AddSource(CommandTrace.SourceName, MapReduceTelemetry.Name)
            .AddOtlpExporter()
            .Build();
    }

    public void Dispose()
    {
        if (!_provider.Shutdown(FlushMilliseconds))
            _error.WriteLine($"note: the trace may be incomplete: {CommandTrace.EndpointVariable} did not take its last spans within {FlushMilliseconds / 1000} s.");
        _provider.Dispose();
    }
}
