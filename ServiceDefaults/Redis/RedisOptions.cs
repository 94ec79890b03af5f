using StackExchange.Redis;

namespace MapReduce.ServiceDefaults.Redis;

/// <summary>How a connection string becomes connection options.</summary>
internal static class RedisOptions
{
    // Before the user's own, so that those win. Milliseconds; keepAlive is in seconds.
    private const string Defaults = "connectTimeout=2000,syncTimeout=5000,keepAlive=15,";

    private const int ReconnectMilliseconds = 1_000;

    public static string WithDefaults(string connectionString) => Defaults + connectionString;

    public static ConfigurationOptions Parse(string connectionString)
    {
        var options = ConfigurationOptions.Parse(WithDefaults(connectionString));
        if (options.EndPoints.Count == 0)
            throw new ArgumentException("ConnectionStrings:redis names no server: write for instance \"localhost:6379,password=...\".", nameof(connectionString));
        return Complete(options);
    }

    /// <summary>Sets what a connection string cannot change.</summary>
    public static ConfigurationOptions Complete(ConfigurationOptions options)
    {
        // A Redis that starts after its client, or restarts, is the usual case and no reason to die.
        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new LinearRetry(ReconnectMilliseconds);
        return options;
    }
}
