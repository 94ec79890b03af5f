using MapReduce.ServiceDefaults.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace MapReduce.ServiceDefaults;

/// <summary>Says in the log when Redis goes away and when it is back.</summary>
internal static partial class RedisLog
{
    public static IConnectionMultiplexer Watch(IConnectionMultiplexer connection, ILoggerFactory loggers)
    {
        var log = loggers.CreateLogger("MapReduce.Redis");
        if (!connection.IsConnected) NotReached(log, RedisConnectionExtensions.ConnectionName);
        // Every server has a second connection for subscriptions, which nothing here uses.
        connection.ConnectionFailed += (_, failed) =>
        {
            if (failed.ConnectionType == ConnectionType.Interactive) Lost(log, failed.EndPoint, failed.FailureType);
        };
        connection.ConnectionRestored += (_, restored) =>
        {
            if (restored.ConnectionType == ConnectionType.Interactive) Restored(log, restored.EndPoint);
        };
        return connection;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Redis (ConnectionStrings:{Name}) cannot be reached yet; trying every second")]
    private static partial void NotReached(ILogger log, string name);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "connection to Redis at {EndPoint} lost ({Reason}); trying every second")]
    private static partial void Lost(ILogger log, System.Net.EndPoint? endPoint, ConnectionFailureType reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "connection to Redis at {EndPoint} is back")]
    private static partial void Restored(ILogger log, System.Net.EndPoint? endPoint);
}
