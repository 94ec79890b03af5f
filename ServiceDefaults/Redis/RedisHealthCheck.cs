using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace MapReduce.ServiceDefaults.Redis;

/// <summary>Healthy while Redis answers a ping within two seconds.</summary>
internal sealed class RedisHealthCheck(IConnectionMultiplexer redis, TimeProvider time) : IHealthCheck
{
    // The client's asynchronous calls have no time limit of their own: a frozen Redis would hold the check for ever.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(Limit, time, cancellationToken);
            return HealthCheckResult.Healthy("Redis answers");
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "Redis does not answer", failure);
        }
    }
}
