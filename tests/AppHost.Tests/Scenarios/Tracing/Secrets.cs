using System.Text.RegularExpressions;
using AppHost.Tests.Support;

namespace AppHost.Tests.Scenarios.Tracing;

/// <summary>What only those may know whom it is given to.</summary>
internal static class Secrets
{
    /// <summary>The secrets of a cluster, and of one of its jobs, by what they are for.</summary>
    public static IReadOnlyDictionary<string, string> Of(PortableCluster cluster, string jobId)
    {
        var found = new[] { "submit", "worker", "read" }.ToDictionary(role => role, cluster.Token);
        var redis = File.ReadAllText(Path.Combine(cluster.DataFolder, "redis", "redis.conf"));
        found["redis"] = Regex.Match(redis, @"requirepass (\S+)").Groups[1].Value;
        var journal = Directory.GetFiles(Path.Combine(cluster.DataFolder, "master", "jobs", jobId)).Select(File.ReadAllText);
        found["shuffle"] = journal.Select(text => Regex.Match(text, "\"shuffleSecret\":\\s*\"([^\"]+)\"")).First(match => match.Success).Groups[1].Value;
        Assert.All(found, secret => Assert.True(secret.Value.Length >= 32, $"The secret '{secret.Key}' was not found."));
        return found;
    }
}
