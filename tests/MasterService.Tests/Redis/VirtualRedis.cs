using MapReduce.MasterService.Redis;
using StackExchange.Redis;

namespace MapReduce.MasterService.Tests.Redis;

/// <summary>
/// A lease store over a real Redis whose time the test moves. The scripts are the product's but for two lines: the clock is a
/// key, and a lease, instead of its expiry, gets an entry in a list of deadlines, by which <see cref="AdvanceAsync"/> drops it.
/// </summary>
internal sealed class VirtualRedis(IDatabase database)
{
    private const string Clock = "test:clock", Deadlines = "test:deadlines";

    private const string Expiry = "redis.call('SET', leaseKey(key), worker, 'PX', job.leaseLasts)";
    private const string Deadline = $"redis.call('SET', leaseKey(key), worker) redis.call('ZADD', '{Deadlines}', now + job.lease, leaseKey(key))";

    private const string Advance = """
        local now = redis.call('INCRBY', KEYS[1], ARGV[1])
        for _, lease in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do redis.call('DEL', lease) end
        return redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
        """;

    public RedisTaskLeaseStore Store { get; } = new(database.Multiplexer, TimeProvider.System, new RedisScripts(Library));

    /// <summary>Empties Redis and sets its clock.</summary>
    public async Task ResetAsync(DateTimeOffset now)
    {
        await database.ExecuteAsync("FLUSHALL");
        await database.StringSetAsync(Clock, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
    }

    public async Task AdvanceAsync(TimeSpan time) =>
        await database.ScriptEvaluateAsync(Advance, [Clock, Deadlines], [time.Ticks / TimeSpan.TicksPerMicrosecond]);

    private static string? Library(string name) => name switch
    {
        "clock" => $"local function clock() return tonumber(redis.call('GET', '{Clock}')) end",
        "run" => Replace(RedisScript.Read("lib/run")),
        _ => null,
    };

    private static string Replace(string text)
    {
        Assert.Contains(Expiry, text, StringComparison.Ordinal);
        return text.Replace(Expiry, Deadline, StringComparison.Ordinal);
    }
}
