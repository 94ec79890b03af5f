using System.Diagnostics;
using MapReduce.ServiceDefaults.Health;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace MapReduce.ServiceDefaults.Telemetry;

/// <summary>Completes the span that ASP.NET Core makes of a request: name, route, status and exception.</summary>
internal sealed class ServerSpanMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { } span) return next(context);
        if (!HealthEndpoints.IsOne(context.Request.Path)) return span.IsAllDataRequested ? CompleteAsync(context, span) : next(context);
        // A supervisor asks every few seconds, and nobody wants to read it.
        span.IsAllDataRequested = false;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        return next(context);
    }

    private async Task CompleteAsync(HttpContext context, Activity span)
    {
        try
        {
            await next(context);
            Describe(context, span, context.Response.StatusCode);
            if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } handled) Fail(span, handled);
        }
        // The client went away: that is how every long poll and event stream may end.
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Describe(context, span, StatusCodes.Status499ClientClosedRequest);
            throw;
        }
        catch (Exception failure)
        {
            // The server answers 500, but only after this span has ended.
            Describe(context, span, StatusCodes.Status500InternalServerError);
            Fail(span, failure);
            throw;
        }
    }

    private static void Describe(HttpContext context, Activity span, int status)
    {
        // An exception handler runs the pipeline again and leaves the failed endpoint here.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        if (route is not null) span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error);
    }

    private static void Fail(Activity span, Exception failure)
    {
        span.AddException(failure);
        span.SetTag("error.type", failure.GetType().FullName);
        span.SetStatus(ActivityStatusCode.Error);
    }
}
