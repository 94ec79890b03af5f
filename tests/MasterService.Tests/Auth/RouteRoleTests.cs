using System.Net;
using MasterService.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace MasterService.Tests.Auth;

/// <summary>Every route, whatever is added later, against every role.</summary>
public sealed class RouteRoleTests : IAsyncLifetime
{
    private static readonly string[] Open = ["/health", "/alive", "/sign-in"];

    private static readonly Dictionary<string, string> Tokens = new()
    {
        ["submit"] = "submit-0123456789abcdef",
        ["worker"] = "worker-0123456789abcdef",
        ["read"] = "read-0123456789abcdef",
    };

    private MasterHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await MasterHost.StartAsync(Tokens.ToDictionary(token => $"MapReduce:Tokens:{token.Key}", token => (string?)token.Value));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private IEnumerable<RouteEndpoint> Routes => _host.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void Routes_ButHealth_NeedARole() =>
        Assert.Equal(
            Open.Order(),
            Routes.Where(route => route.Metadata.GetMetadata<IAuthorizeData>()?.Policy is null).Select(route => route.RoutePattern.RawText).Order());

    [Fact]
    public async Task Routes_WithoutToken_Are401()
    {
        foreach (var route in Protected()) Assert.Equal((route.Name, HttpStatusCode.Unauthorized), (route.Name, await CallAsync(route, token: null)));
    }

    [Fact]
    public async Task Routes_WithUnknownToken_Are401()
    {
        foreach (var route in Protected()) Assert.Equal((route.Name, HttpStatusCode.Unauthorized), (route.Name, await CallAsync(route, "wrong-0123456789abcdef")));
    }

    [Theory]
    [InlineData("submit", "submit,read")]
    [InlineData("worker", "worker")]
    [InlineData("read", "read")]
    public async Task Routes_OfOtherRoles_Are403(string role, string allowed)
    {
        foreach (var route in Protected())
        {
            var isForbidden = await CallAsync(route, Tokens[role]) == HttpStatusCode.Forbidden;
            Assert.Equal((route.Name, !allowed.Split(',').Contains(route.Role)), (route.Name, isForbidden));
        }
    }

    [Fact]
    public async Task Refusal_OfARole_NamesTheRoleThatIsNeeded()
    {
        using var response = await _host.NewClient(Tokens["read"]).PostAsync("/v1/jobs", null);

        Assert.Contains("'submit'", Assert.Single(await response.ProblemAsync(HttpStatusCode.Forbidden)));
    }

    [Fact]
    public async Task Health_WithoutToken_Answers()
    {
        using var response = await _host.Client.GetAsync("/health");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task UnknownPath_WithoutToken_Is401()
    {
        using var response = await _host.Client.GetAsync("/v1/nothing");

        await response.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    private IEnumerable<ProtectedRoute> Protected() =>
        from route in Routes
        let role = route.Metadata.GetMetadata<IAuthorizeData>()?.Policy
        where role is not null
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        select new ProtectedRoute(method, route.RoutePattern.RawText!, role);

    // Authorization comes before the body is read, so that none is needed.
    private async Task<HttpStatusCode> CallAsync(ProtectedRoute route, string? token)
    {
        var path = route.Path.Replace("{id}", "0123456789abcdef0123456789abcdef").Replace("{step}", "0").Replace("{documentName}.json", "v1.json");
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        using var response = await _host.NewClient(token).SendAsync(request);
        return response.StatusCode;
    }

    private sealed record ProtectedRoute(string Method, string Path, string Role)
    {
        public string Name => $"{Method} {Path}";
    }
}
