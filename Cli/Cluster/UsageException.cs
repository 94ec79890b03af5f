namespace MapReduce.Cli.Cluster;

/// <summary>The command line, or the environment that completes it, cannot be used as it is.</summary>
internal sealed class UsageException(string message) : Exception(message);
