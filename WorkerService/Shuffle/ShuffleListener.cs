using MapReduce.Shuffle;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MapReduce.WorkerService.Shuffle;

/// <summary>
/// Serves map outputs on a listener of its own. It is no part of the worker's web host, because it outlives that one's stop: a worker
/// that drains still serves.
/// </summary>
internal sealed class ShuffleListener : IAsyncDisposable
{
    // Kestrel waits for the socket once so much is unsent; more than a piece lets the disk and the socket work at once.
    private const long Unsent = 1 << 20;

    private readonly WebApplication _app;

    private ShuffleListener(WebApplication app, string address) => (_app, Address) = (app, address);

    /// <summary>Where other workers reach it.</summary>
    public string Address { get; }

    /// <summary>Starts to serve.</summary>
    /// <param name="listen">The URL to bind.</param>
    /// <param name="advertise">The host name or address by which others reach this machine.</param>
    /// <param name="configuration">Kestrel's, for certificates.</param>
    /// <param name="server">Finds what is asked for.</param>
    /// <param name="secrets">Who may ask.</param>
    /// <param name="logging">The worker's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<ShuffleListener> StartAsync(
        string listen, string advertise, IConfiguration configuration, SegmentServer server, ShuffleSecrets secrets, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        // An empty application: what the worker's own host listens on must not be listened on twice.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls(listen).ConfigureKestrel(kestrel => Configure(kestrel, configuration));
        builder.Services.AddRoutingCore().AddSingleton(logging).AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.MapPost(SegmentRequest.Route, new SegmentEndpoint(server, secrets, logging.CreateLogger<SegmentEndpoint>()).AnswerAsync);
        await app.StartAsync(cancellationToken);
        return new ShuffleListener(app, Announced(app, advertise));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, IConfiguration configuration)
    {
        // The certificates alone: the endpoints of that section are those of the worker's own host.
        var certificates = configuration.GetSection("Kestrel:Certificates").AsEnumerable().Where(entry => entry.Value is not null);
        kestrel.Configure(new ConfigurationBuilder().AddInMemoryCollection(certificates.Select(entry => KeyValuePair.Create(entry.Key["Kestrel:".Length..], entry.Value))).Build());
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = SegmentRequest.MaxBytes;
        kestrel.Limits.MaxResponseBufferSize = Unsent;
    }

    private static string Announced(WebApplication app, string advertise)
    {
        var bound = BindingAddress.Parse(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new UriBuilder(bound.Scheme, advertise, bound.Port).Uri.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>Signals are for the worker's own host, which ends this one when the worker has left.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
