namespace MapReduce.ServiceDefaults.Telemetry;

/// <summary>What is exported: by whom spans and measurements are made.</summary>
internal static class TelemetryNames
{
    public static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "MapReduce", "MapReduce.*"];

    public static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Net.Http",
        "System.Runtime",
        "MapReduce",
    ];
}
