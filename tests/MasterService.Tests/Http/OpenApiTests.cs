using System.Text.Json;
using MasterService.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace MasterService.Tests.Http;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_OfTheApi_NamesEveryRoute()
    {
        await using var host = await MasterHost.StartAsync();
        using var document = JsonDocument.Parse(await host.Client.GetStringAsync("/openapi/v1.json"));

        var documented = document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name);
        var routes = host.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(route => route.RoutePattern.RawText!).Where(path => path.StartsWith("/v1/"));
        Assert.Equal(routes.Distinct().Order(), documented.Order());
    }
}
