using MapReduce.AppHost.Portable.Data;
using MapReduce.AppHost.Portable.Processes;
using MapReduce.AppHost.Portable.Services;

namespace MapReduce.AppHost.Portable.Redis;

/// <summary>A Redis of the cluster's own: on this machine only, with a password, and with its data in the data folder.</summary>
internal static class RedisServer
{
    /// <summary>Writes the configuration and returns the service together with the connection string to it.</summary>
    public static (ServiceSpec Service, string Connection) Prepare(string program, DataFolder data)
    {
        var (port, password) = (FreePort.Any(), SecretFile.New());
        var configuration = Path.Combine(data.Redis, "redis.conf");
        // Not on the command line, which every user of the machine can read.
        SecretFile.Write(configuration, Configuration(port, password, data.Redis));
        var command = new ProcessCommand(program, [configuration], data.Redis, new Dictionary<string, string?>());
        var service = new ServiceSpec("redis", command, cancellation => RedisProbe.AnswersAsync(port, password, cancellation), TimeSpan.FromSeconds(20), Hurries: false);
        return (service, $"127.0.0.1:{port},password={password}");
    }

    private static string Configuration(int port, string password, string folder) => $"""
        bind 127.0.0.1
        port {port}
        requirepass {password}
        dir "{folder.Replace("\\", "\\\\").Replace("\"", "\\\"")}"
        daemonize no
        appendonly yes
        appendfsync everysec
        save ""
        maxmemory-policy noeviction

        """;
}
