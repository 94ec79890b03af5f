using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace MapReduce.MasterService.Auth;

/// <summary>Who may do what. A route that names no role is open to nobody.</summary>
internal static class AuthSetup
{
    public static void AddRoles(this IServiceCollection services)
    {
        services.AddSingleton<BearerTokens>().AddSingleton<BearerTickets>();
        // The core only: AddAuthentication would also make keys for cookies, and write them into the user's home.
        services.AddAuthenticationCore(options =>
        {
            options.AddScheme<BearerHandler>(BearerHandler.SchemeName, displayName: null);
            options.DefaultScheme = BearerHandler.SchemeName;
        });
        services.AddTransient<BearerHandler>().AddSingleton(UrlEncoder.Default);
        services.AddOptions<AuthenticationSchemeOptions>(BearerHandler.SchemeName);
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.Submit, policy => policy.RequireRole(Roles.Submit))
            .AddPolicy(Roles.Worker, policy => policy.RequireRole(Roles.Worker))
            // Who may start a job may look at it.
            .AddPolicy(Roles.Read, policy => policy.RequireRole(Roles.Read, Roles.Submit))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
    }
}
