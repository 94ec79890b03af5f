namespace AppHost.Tests.Support;

/// <summary>A whole cluster of real processes, as a scenario sees it. Whoever gets one stops it by disposing it.</summary>
internal interface ICluster : IAsyncDisposable
{
    /// <summary>Addresses of the masters; the first always exists.</summary>
    IReadOnlyList<Uri> Masters { get; }

    /// <summary>The file that holds the token for submitting, for the command line's <c>--token-file</c>.</summary>
    string TokenFile { get; }

    /// <summary>What the cluster wrote so far, for the message of a failed test.</summary>
    string Output { get; }

    /// <summary>The token of a role: <c>submit</c>, <c>worker</c> or <c>read</c>.</summary>
    string Token(string role);

    /// <summary>The folder in which each worker has its work directory.</summary>
    string WorkDirectories { get; }

    /// <summary>Kills a worker, counted from 1, as a crash does. The cluster starts another in its place.</summary>
    Task KillWorkerAsync(int worker);

    /// <summary>Kills a master, counted from 1, as a crash does. The cluster starts the first one again, at the same address.</summary>
    Task KillMasterAsync(int master = 1);
}

/// <summary>What a scenario needs.</summary>
/// <param name="Workers">Worker processes.</param>
/// <param name="Slots">Tasks at a time, each.</param>
/// <param name="Masters">Master processes over one Redis.</param>
/// <param name="TestRedis">True when the scenario wants to stop Redis itself; false for the cluster's own.</param>
/// <param name="Environment">Configuration of all services, as environment variables.</param>
internal sealed record ClusterOptions(
    int Workers = 3, int Slots = 2, int Masters = 1, bool TestRedis = false, IReadOnlyDictionary<string, string>? Environment = null);
