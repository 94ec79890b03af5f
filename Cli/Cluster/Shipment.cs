using MapReduce.App.Commands;
using MapReduce.Remote;
using MapReduce.Streaming;

namespace MapReduce.Cli.Cluster;

/// <summary>Sends the files of a streaming job ahead of it.</summary>
internal static class Shipment
{
    private const string Files = "files";

    /// <summary>The request with files of the cluster in place of this machine's.</summary>
    /// <exception cref="Protocol.JobRejectedException">A file cannot be sent.</exception>
    public static async Task<RunRequest> SendAsync(RunRequest request, ClusterClient cluster, CancellationToken cancellationToken)
    {
        if (request.Job != StreamJob.Definition.Name) return request;
        var set = new List<KeyValuePair<string, string>>();
        foreach (var setting in request.Set) set.Add(setting.Key == Files ? new(Files, await SendAsync(setting.Value, cluster, cancellationToken)) : setting);
        return request with { Set = set };
    }

    private static async Task<string> SendAsync(string paths, ClusterClient cluster, CancellationToken cancellationToken)
    {
        var shipped = new List<string>();
        foreach (var path in paths.Split('\n', StringSplitOptions.RemoveEmptyEntries)) shipped.Add($"{await cluster.ShipAsync(path, cancellationToken)}");
        return string.Join('\n', shipped);
    }
}
