using System.Net;
using System.Reflection;
using System.Text.Json;
using MasterService.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace MasterService.Tests.Http;

/// <summary>Every route that reads a body, whatever is added later, against bodies that it cannot read.</summary>
public sealed class BodyTests : IAsyncLifetime
{
    private MasterHost _host = null!;

    public async Task InitializeAsync() => _host = await MasterHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\u00ff")]
    public async Task Routes_BodyOfAnotherForm_Are400WithAReason(string body)
    {
        foreach (var route in Routes()) Assert.Equal((route.Path, 1), (route.Path, (await ReasonsAsync(route, body)).Count));
    }

    [Fact]
    public async Task Routes_EmptyObject_NameEveryMemberThatIsMissing()
    {
        foreach (var route in Routes().Where(route => route.Required.Count > 0))
        {
            var reason = Assert.Single(await ReasonsAsync(route, "{}"));
            Assert.All(route.Required, member => Assert.Contains($"'{member}'", reason));
        }
    }

    [Fact]
    public async Task Routes_MemberOfAnotherType_NameIt()
    {
        foreach (var (route, member) in Members())
            Assert.Contains($"$.{member}", $"{route.Path}: {Assert.Single(await ReasonsAsync(route, $$"""{"{{member}}":true}"""))}");
    }

    [Fact]
    public async Task Routes_MemberNull_NameIt()
    {
        foreach (var (route, member) in Members())
            Assert.Contains(member, $"{route.Path}: {Assert.Single(await ReasonsAsync(route, $$"""{"{{member}}":null}"""))}");
    }

    private IEnumerable<(BodyRoute Route, string Member)> Members() =>
        from route in Routes()
        from member in route.Required
        select (route, member);

    private IEnumerable<BodyRoute> Routes() =>
        from route in _host.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let body = route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType
        where body is not null
        select new BodyRoute(route.RoutePattern.RawText!.Replace("{id}", "0123456789abcdef0123456789abcdef"), [.. Required(body)]);

    private static IEnumerable<string> Required(Type body) =>
        body.GetConstructors().MaxBy(each => each.GetParameters().Length)!.GetParameters()
            .Where(parameter => !parameter.HasDefaultValue)
            .Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!));

    private async Task<IReadOnlyList<string>> ReasonsAsync(BodyRoute route, string body)
    {
        using var response = await _host.Client.PostAsync(route.Path, new StringContent(body, null, "application/json"));
        return await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    private sealed record BodyRoute(string Path, IReadOnlyList<string> Required);
}
