using System.Net.Http.Headers;
using MapReduce.Shuffle;

namespace MapReduce.WorkerService.Shuffle;

/// <summary>Answers <c>POST /shuffle/v1/segments</c>.</summary>
internal sealed partial class SegmentEndpoint(SegmentServer server, ShuffleSecrets secrets, ILogger<SegmentEndpoint> logger)
{
    public async Task AnswerAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } request) return;
        if (!secrets.Accepts(request.JobId, Shown(context.Request)))
        {
            // The same for a job that this worker does not know: to others that is nothing of theirs.
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return;
        }

        var answer = server.Open(request);
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = answer.Length;
        try
        {
            await answer.WriteToAsync(context.Response.BodyWriter, context.RequestAborted);
        }
        catch (IOException vanished)
        {
            CutOff(request.JobId, request.Step, request.Partition, vanished);
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader has gone.
        }
    }

    private static async Task<SegmentRequest?> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        try
        {
            return SegmentRequest.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (FormatException malformed)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(malformed.Message, context.RequestAborted);
            return null;
        }
    }

    private static string? Shown(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Scheme == "Bearer" ? header.Parameter : null;

    [LoggerMessage(LogLevel.Warning, "Partition {Partition} of step {Step} of job {JobId} was cut off while it was served")]
    private partial void CutOff(string jobId, int step, int partition, Exception error);
}
