using System.Text.Json;
using MapReduce.Protocol;

namespace MapReduce.MasterService.Http;

/// <summary>Turns what the engine throws into the answer that its clients know. Everything else is a bug: it is logged and answered with 500.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> log)
{
    // Seconds. Short: a worker with a result to report should not idle after the store is back.
    private const string RetryAfter = "1";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBareError(context.Response)) await Problems.WriteAsync(context, context.Response.StatusCode, Unexplained(context));
        }
        catch (MasterUnavailableException away)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
            await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, away.Message);
        }
        catch (JobRejectedException rejected)
        {
            await Problems.WriteAsync(context, rejected.IsConflict ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest, rejected.Reasons);
        }
        catch (RequestException wrong)
        {
            await Problems.WriteAsync(context, wrong.Status, wrong.Reasons);
        }
        catch (BadHttpRequestException wrong)
        {
            await Problems.WriteAsync(context, wrong.StatusCode, wrong.InnerException is JsonException json ? $"{wrong.Message} {json.Message}" : wrong.Message);
        }
        catch (JsonException wrong)
        {
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, $"The request's body is not what this route reads: {wrong.Message}");
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody reads an answer.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException && !context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
            LogDisk(log, context.Request.Method, context.Request.Path, failure);
            await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"The master cannot use its data folder now: {failure.Message}");
        }
        catch (Exception bug) when (!context.Response.HasStarted)
        {
            LogBug(log, context.Request.Method, context.Request.Path, bug);
            await Problems.WriteAsync(context, StatusCodes.Status500InternalServerError, "The master failed at this request; its log says why.");
        }
    }

    // The server's own refusals: a number that is none, a method or a media type that a route does not take.
    private static bool IsBareError(HttpResponse response) => response is { StatusCode: >= 400, HasStarted: false, ContentType: null };

    private static string Unexplained(HttpContext context) =>
        $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} cannot be served as it is: /openapi/v1.json says which methods, parameters and media types there are.";

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogBug(ILogger log, string method, string path, Exception bug);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Method} {Path} is answered with 503: the data folder cannot be used")]
    private static partial void LogDisk(ILogger log, string method, string path, Exception failure);
}
