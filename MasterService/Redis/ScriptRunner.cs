using MapReduce.Protocol;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis;

/// <summary>Runs scripts and turns the failures of Redis into the one that callers know. Safe for concurrent use.</summary>
/// <param name="redis">The connection.</param>
/// <param name="time">The clock of the limit on waiting.</param>
internal sealed class ScriptRunner(IConnectionMultiplexer redis, TimeProvider time)
{
    // A call that nobody answered may have been carried out or not; all calls may be repeated.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="MasterUnavailableException">Redis cannot be reached, or not used, now.</exception>
    public Task<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken) =>
        RunAsync(script.Name, database => EvaluateAsync(database, script, keys, arguments), cancellationToken);

    /// <exception cref="MasterUnavailableException">Redis cannot be reached, or not used, now.</exception>
    public async Task<T> RunAsync<T>(string name, Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await call(redis.GetDatabase()).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception failure) when (RedisFailures.IsPassing(failure))
        {
            throw RedisFailures.Unavailable(name, failure);
        }
    }

    private static async Task<RedisResult> EvaluateAsync(IDatabase database, RedisScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(script.Sha, keys, arguments);
        }
        catch (RedisServerException unknown) when (unknown.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // A new Redis, or one whose scripts were flushed: the text goes with the call, and Redis keeps it.
            var all = new List<object>(2 + keys.Length + arguments.Length) { script.Text, keys.Length };
            foreach (var key in keys) all.Add(key);
            foreach (var argument in arguments) all.Add(argument);
            return await database.ExecuteAsync("EVAL", [.. all]);
        }
    }
}
