namespace MapReduce.AppHost.Portable.Services;

/// <summary>The variables by which a service learns who it is to telemetry, and where to send it. The same that Aspire sets.</summary>
internal static class TelemetryVariables
{
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    private const string Attributes = "OTEL_RESOURCE_ATTRIBUTES";

    // By convention of OTLP; every other port is taken for gRPC, which is its default.
    private const int HttpPort = 4318;

    public static Dictionary<string, string?> For(string service, string instance, Uri? endpoint)
    {
        var own = Environment.GetEnvironmentVariable(Attributes) is { Length: > 0 } given ? given + "," : "";
        var variables = new Dictionary<string, string?>
        {
            ["OTEL_SERVICE_NAME"] = service,
            [Attributes] = $"{own}service.instance.id={instance}",
        };
        if (endpoint is null) return variables;
        foreach (var (name, value) in To(endpoint)) variables[name] = value;
        return variables;
    }

    /// <summary>The variables that say where telemetry goes, and how.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> To(Uri endpoint) =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.ToString()),
        new(Protocol, Environment.GetEnvironmentVariable(Protocol) is { Length: > 0 } protocol ? protocol : endpoint.Port == HttpPort ? "http/protobuf" : "grpc"),
    ];
}
