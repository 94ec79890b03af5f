using MapReduce.AppHost.Portable.Data;
using MapReduce.AppHost.Portable.Processes;

namespace MapReduce.AppHost.Portable.Services;

/// <summary>How the master and the workers are started. Secrets travel in the environment, which other users cannot read.</summary>
internal sealed class ServiceSpecs(LauncherOptions options, DataFolder data, Tokens tokens, HealthProbe health)
{
    private const string RedisConnection = "ConnectionStrings__redis";

    // Longer than a worker may drain and than a host takes to shut down by default.
    private static readonly TimeSpan WorkerStopLimit = TimeSpan.FromSeconds(75);

    private static readonly TimeSpan MasterStopLimit = TimeSpan.FromSeconds(40);

    /// <summary>The master; <paramref name="redis"/> null keeps its leases in memory.</summary>
    public ServiceSpec Master(Uri address, string? redis) => new("master", Command(ServicePaths.Master, address, new(TelemetryVariables.For("master", "1", options.OtlpEndpoint))
    {
        [RedisConnection] = redis,
        ["MapReduce__DataFolder"] = data.Master,
        ["MapReduce__Tokens__Submit"] = tokens.Submit,
        ["MapReduce__Tokens__Worker"] = tokens.Worker,
        ["MapReduce__Tokens__Read"] = tokens.Read,
    }), cancellation => health.IsReadyAsync(address, cancellation), MasterStopLimit);

    /// <summary>One of the workers, counted from 1. It knows nothing of Redis.</summary>
    public ServiceSpec Worker(int number, Uri address, Uri master)
    {
        var name = $"worker-{number}";
        return new ServiceSpec(name, Command(ServicePaths.Worker, address, new(TelemetryVariables.For("worker", $"{number}", options.OtlpEndpoint))
        {
            [RedisConnection] = null,
            ["services__master__http__0"] = master.ToString().TrimEnd('/'),
            ["MapReduce__Worker__Slots"] = $"{options.Slots}",
            ["MapReduce__Worker__WorkDirectory"] = data.Workers,
            ["MapReduce__Worker__Token"] = tokens.Worker,
        }), cancellation => health.IsReadyAsync(address, cancellation), WorkerStopLimit);
    }

    private static ProcessCommand Command(string assembly, Uri address, Dictionary<string, string?> environment)
    {
        environment["ASPNETCORE_URLS"] = address.ToString().TrimEnd('/');
        // One line a record, so that every line stands under its service's name.
        environment["Logging__Console__FormatterName"] = "simple";
        environment["Logging__Console__FormatterOptions__SingleLine"] = "true";
        return new ProcessCommand(Programs.Dotnet, ["exec", assembly], Path.GetDirectoryName(assembly)!, environment);
    }
}
