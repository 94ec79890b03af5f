using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace MapReduce.AppHost.Aspire;

/// <summary>What the host is asked for: the options of the portable launcher, and where to deploy.</summary>
/// <param name="Workers">Replicas of the worker, 0 or more.</param>
/// <param name="Slots">Tasks that each worker runs at a time, 1 or more; null for the worker's own default.</param>
/// <param name="Port">Port of the master, 1 or more.</param>
/// <param name="Redis">Where Redis comes from.</param>
/// <param name="DataFolder">Absolute path of the folder in which the cluster's data and tokens lie, in a run.</param>
/// <param name="Target">What is published.</param>
internal sealed record ClusterOptions(int Workers, int? Slots, int Port, RedisSource Redis, string DataFolder, PublishTarget Target)
{
    private const int DefaultWorkers = 2;

    private const int DefaultPort = 5080;

    /// <summary>Reads the command line; Aspire's own options stand in it, too.</summary>
    /// <exception cref="ArgumentException">A value is wrong; the message names the option and what it takes.</exception>
    public static ClusterOptions Parse(string[] args, IConfiguration configuration)
    {
        // Not the host's configuration: there a variable like PORT, which is often set for another program, would count.
        var line = new ConfigurationBuilder().AddCommandLine(args).Build();
        return new ClusterOptions(
            Number(line, "workers", least: 0) ?? DefaultWorkers,
            Number(line, "slots", least: 1),
            Number(line, "port", least: 1) ?? DefaultPort,
            RedisOf(line["redis"], configuration.GetConnectionString(RedisModel.Name)),
            line["data"] is { } folder ? Path.GetFullPath(folder) : Portable.Data.DataFolder.DefaultPath(),
            TargetOf(line["target"]));
    }

    private static int? Number(IConfiguration line, string name, int least)
    {
        if (line[name] is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least) return value;
        throw new ArgumentException($"--{name} is '{text}': give a whole number, {least} or more.");
    }

    private static RedisSource RedisOf(string? option, string? connectionString) => option switch
    {
        null or "auto" => string.IsNullOrWhiteSpace(connectionString) ? RedisSource.Container : RedisSource.ConnectionString,
        "none" => RedisSource.None,
        _ => throw new ArgumentException($"--redis is '{option}': give auto or none; for a Redis of your own set the variable ConnectionStrings__{RedisModel.Name}."),
    };

    private static PublishTarget TargetOf(string? option) => option switch
    {
        null or "compose" => PublishTarget.Compose,
        "kubernetes" => PublishTarget.Kubernetes,
        _ => throw new ArgumentException($"--target is '{option}': give compose or kubernetes."),
    };
}

/// <summary>Where Redis comes from.</summary>
internal enum RedisSource
{
    /// <summary>A container, with a volume for its data.</summary>
    Container,

    /// <summary>A server that the connection string <c>redis</c> names; no container runtime is needed.</summary>
    ConnectionString,

    /// <summary>Nowhere: one master keeps the leases in memory.</summary>
    None,
}

/// <summary>What is published.</summary>
internal enum PublishTarget
{
    /// <summary>A Docker Compose file.</summary>
    Compose,

    /// <summary>A Helm chart.</summary>
    Kubernetes,
}
