using Microsoft.Extensions.DependencyInjection;

namespace MapReduce.ServiceDefaults.Http;

/// <summary>
/// Limits of every HTTP client that is made by the factory. A client with long polls or long bodies sets its own.
/// Nothing is retried here: only a caller knows whether its request may be repeated.
/// </summary>
internal static class HttpClientDefaults
{
    /// <summary>A peer on the same network either accepts a connection in this time or is taken for gone.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    /// <summary>From the request to the last byte of the answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>A connection is renewed after this time, so that a changed DNS entry is noticed.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static IServiceCollection AddHttpClientDefaults(this IServiceCollection services) => services.ConfigureHttpClientDefaults(clients => clients
        .ConfigureHttpClient(client => client.Timeout = Timeout)
        .UseSocketsHttpHandler((handler, _) =>
        {
            handler.ConnectTimeout = ConnectTimeout;
            handler.PooledConnectionLifetime = ConnectionLifetime;
        }));
}
