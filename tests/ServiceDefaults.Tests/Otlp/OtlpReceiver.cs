using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Tests.Otlp;

/// <summary>
/// A collector of traces, metrics and logs in this process: whoever is started with its
/// <see cref="Variables"/> sends here. Safe for concurrent use.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly WebApplication _app;
    private readonly bool _grpc;
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentQueue<OtlpLog> _logs = new();
    private readonly ConcurrentQueue<OtlpMetric> _metrics = new();
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver(bool grpc)
    {
        _grpc = grpc;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    /// <summary>Address of the receiver, for instance <c>http://127.0.0.1:41234</c>.</summary>
    public string Endpoint => _app.Urls.Single();

    /// <summary>The environment that makes a process send here, in small and frequent portions.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = _grpc ? "grpc" : "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    public IReadOnlyList<OtlpLog> Logs => [.. _logs];

    public IReadOnlyList<OtlpMetric> Metrics => [.. _metrics];

    public static async Task<OtlpReceiver> StartAsync(bool grpc = false)
    {
        var receiver = new OtlpReceiver(grpc);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until what has arrived fulfils <paramref name="condition"/>; after 30 s it fails and lists what came.</summary>
    public async Task WaitForAsync(Func<OtlpReceiver, bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            // Taken before the look: what arrives after the look completes it.
            var arrival = Volatile.Read(ref _arrival).Task;
            if (condition(this)) return;
            try
            {
                await arrival.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"not received within {Patience}; spans: {string.Join(", ", _spans.Select(span => span.Name))}; "
                    + $"logs: {string.Join(", ", _logs.Select(log => log.Body))}; metrics: {string.Join(", ", _metrics.Select(metric => metric.Name).Distinct())}");
            }
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        // Where the sender lives in this process, it traces this server, too: sending would never end.
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } own) own.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Keep(context.Request.Path, body.ToArray());
        context.Response.ContentType = _grpc ? "application/grpc" : "application/x-protobuf";
        if (_grpc)
        {
            // An empty answer message: not compressed, no bytes.
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        Interlocked.Exchange(ref _arrival, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private void Keep(string path, byte[] body)
    {
        // gRPC puts a flag and a length before the message.
        var message = _grpc ? body.AsSpan(5) : body;
        if (path.Contains("trace", StringComparison.OrdinalIgnoreCase)) OtlpParser.Spans(message).ForEach(_spans.Enqueue);
        if (path.Contains("logs", StringComparison.OrdinalIgnoreCase)) OtlpParser.Logs(message).ForEach(_logs.Enqueue);
        if (path.Contains("metrics", StringComparison.OrdinalIgnoreCase)) OtlpParser.Metrics(message).ForEach(_metrics.Enqueue);
    }
}
