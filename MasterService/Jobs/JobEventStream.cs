using System.Globalization;
using MapReduce.MasterService.Http;
using MapReduce.Remote;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Jobs;

/// <summary>A job's status as server-sent events. Each event is a whole snapshot, so that a reader may miss any of them.</summary>
internal sealed class JobEventStream(JobCoordinator coordinator, JobFeeds feeds, TimeProvider time, IHostApplicationLifetime lifetime)
{
    // A reader that takes nothing for this long is cut off; it comes back with the id of its last event.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Comments in between keep proxies from closing a quiet stream, and find readers that are gone.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private static readonly ReadOnlyMemory<byte> Comment = ":\n\n"u8.ToArray();

    public async Task WriteAsync(string jobId, HttpContext http)
    {
        if (coordinator.Describe(jobId) is null) throw RequestException.NoJob(jobId);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        try
        {
            await http.Response.StartAsync(ends.Token);
            await WriteAllAsync(jobId, http, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The reader went away, or this master stops and the reader finds another one.
        }
    }

    private async Task WriteAllAsync(string jobId, HttpContext http, CancellationToken ends)
    {
        using var watch = feeds.Join(jobId);
        for (var seen = LastEventId(http.Request); ;)
        {
            var snapshot = await watch.Feed.NextAsync(seen, KeepAlive, ends);
            if (!await TryWriteAsync(http, snapshot?.Event ?? Comment, ends) || snapshot is { IsLast: true }) return;
            seen = snapshot?.Id ?? seen;
        }
    }

    private async Task<bool> TryWriteAsync(HttpContext http, ReadOnlyMemory<byte> bytes, CancellationToken ends)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ends);
        try
        {
            await http.Response.BodyWriter.WriteAsync(bytes, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            http.Abort();
            return false;
        }
    }

    private static long? LastEventId(HttpRequest request) =>
        long.TryParse(request.Headers[MasterApi.LastEventIdHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
