using MapReduce.Protocol;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis;

/// <summary>Says at start whether a Redis may be trusted with leases.</summary>
public static class RedisGuard
{
    private const string Policy = "maxmemory_policy:", Wanted = "noeviction";

    /// <summary>Checks that Redis never drops keys by itself: leases, which have an expiry, would be the first to go.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="time">The clock by which the check is given up after 5 s.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">Its <c>maxmemory-policy</c> is another; the message says how to change it.</exception>
    /// <exception cref="MasterUnavailableException">Redis cannot be reached now.</exception>
    public static async Task CheckAsync(IConnectionMultiplexer redis, TimeProvider time, CancellationToken cancellationToken)
    {
        // INFO, since a hosted Redis often forbids CONFIG.
        var reply = await new ScriptRunner(redis, time).RunAsync("check", database => database.ExecuteAsync("INFO", "memory"), cancellationToken);
        var policy = ((string)reply!).Split('\n').FirstOrDefault(line => line.StartsWith(Policy, StringComparison.Ordinal))?[Policy.Length..].Trim();
        if (policy is null or Wanted) return;
        throw new InvalidOperationException(
            $"Redis has maxmemory-policy {policy}, under which it may drop leases and job state when its memory is full. "
            + $"Set it to {Wanted}: redis-cli CONFIG SET maxmemory-policy {Wanted}, and the same line in redis.conf.");
    }
}
