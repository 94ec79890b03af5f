using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace MapReduce.MasterService.Auth;

/// <summary>The results of authentication, made once for each token: leases are asked for thousands of times a second.</summary>
internal sealed class BearerTickets
{
    private readonly ConcurrentDictionary<TokenHolder, Task<AuthenticateResult>> _tickets = [];

    /// <summary>A caller without a valid token.</summary>
    public static Task<AuthenticateResult> Nobody { get; } = Task.FromResult(AuthenticateResult.NoResult());

    /// <summary>A caller of a master without tokens.</summary>
    public Task<AuthenticateResult> Local { get; } = Ticket("local", [.. Roles.All]);

    public Task<AuthenticateResult> Of(TokenHolder holder) => _tickets.GetOrAdd(holder, static each => Ticket(each.Subject, [each.Role]));

    private static Task<AuthenticateResult> Ticket(string subject, string[] roles)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, subject), .. roles.Select(role => new Claim(ClaimTypes.Role, role))], BearerHandler.SchemeName);
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), BearerHandler.SchemeName);
        return Task.FromResult(AuthenticateResult.Success(ticket));
    }
}
