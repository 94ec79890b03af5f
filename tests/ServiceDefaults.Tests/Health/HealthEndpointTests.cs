using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults.Tests.Support;

namespace ServiceDefaults.Tests.Health;

public sealed class HealthEndpointTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Get_HealthyService_IsOk(string path)
    {
        await using var service = await TestService.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Health_FailingCheck_IsUnavailable()
    {
        await using var service = await StartFailingAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.Client.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task Health_FailingCheck_NamesItWithoutItsException()
    {
        await using var service = await StartFailingAsync();
        Assert.Equal(
            """{"status":"Unhealthy","checks":{"store":{"status":"Unhealthy","description":"the store is away"}}}""",
            await (await service.Client.GetAsync("/health")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Alive_FailingCheck_IsOk()
    {
        await using var service = await StartFailingAsync();
        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync("/alive")).StatusCode);
    }

    [Fact]
    public async Task Endpoints_DenyByDefault_StayOpen()
    {
        await using var service = await TestService.StartAsync(configure: builder =>
        {
            builder.Services.AddAuthentication();
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        });
        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync("/health")).StatusCode);
    }

    private static Task<TestService> StartFailingAsync() => TestService.StartAsync(configure: builder => builder.Services.AddHealthChecks()
        .AddCheck("store", () => HealthCheckResult.Unhealthy("the store is away", new InvalidOperationException("secret.example:6379"))));
}
