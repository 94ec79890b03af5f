using System.Net;
using MapReduce.MasterService.Http;

namespace MapReduce.MasterService.Auth;

/// <summary>
/// Guards a master without tokens, which trusts whoever reaches it on loopback, from web pages: a browser on this machine
/// reaches it, too. A page of another site shows by its origin; one that had its own name resolved to loopback, by the host
/// that it asked for.
/// </summary>
internal sealed class LocalOnlyMiddleware(RequestDelegate next, BearerTokens tokens)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!tokens.IsEmpty || (IsLoopback(context.Request.Host) && IsOwnOrigin(context.Request))) return next(context);
        return Problems.WriteAsync(context, StatusCodes.Status403Forbidden,
            $"This master has no tokens and serves this machine only; the request is for '{context.Request.Host}', from the origin '{context.Request.Headers.Origin}': "
            + "ask http://127.0.0.1 or http://localhost, or give the master tokens (MapReduce:Tokens).");
    }

    private static bool IsLoopback(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsOwnOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
