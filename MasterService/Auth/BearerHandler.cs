using System.Text.Encodings.Web;
using MapReduce.MasterService.Http;
using MapReduce.MasterService.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace MapReduce.MasterService.Auth;

/// <summary>Finds out who calls, by the bearer token. Without configured tokens everybody is <c>local</c> and has every role.</summary>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, BearerTokens tokens, BearerTickets tickets)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string WhereTokensGo = "send 'Authorization: Bearer <token>' with a token that the master has under MapReduce:Tokens.";

    // A route without a role is a mistake, and open to nobody.
    private string NeededRole => Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? "none";

    private OpenToPass? Pass => Context.GetEndpoint()?.Metadata.GetMetadata<OpenToPass>();

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (tokens.IsEmpty) return tickets.Local;
        // Whatever the token would allow, a pass allows to look, and only where a person does: it cannot be used to start anything.
        if (Pass is not null && SignIn.HolderOf(Context, tokens) is { } visitor)
            return visitor.Role is Roles.Read or Roles.Submit ? tickets.Of(visitor with { Role = Roles.Read }) : BearerTickets.Nobody;
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return BearerTickets.Nobody;
        return tokens.Find(header.AsSpan("Bearer ".Length).Trim()) is { } holder ? tickets.Of(holder) : BearerTickets.Nobody;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        if (Pass is { IsPage: true }) return SignIn.AskAsync(Context, StatusCodes.Status401Unauthorized);
        return Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, $"This needs the role '{NeededRole}', and the request shows no valid token: {WhereTokensGo}");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Context.GetEndpoint() switch
    {
        RouteEndpoint => Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, $"This needs the role '{NeededRole}', and the token is that of '{Context.User.Identity?.Name}': {WhereTokensGo}"),
        // The server's own answer to a wrong method or media type: nothing that a role could be asked for.
        { RequestDelegate: { } refusal } => refusal(Context),
        _ => Problems.WriteAsync(Context, StatusCodes.Status404NotFound, $"There is nothing at {Request.Method} {Request.Path}: /openapi/v1.json lists what there is."),
    };
}
