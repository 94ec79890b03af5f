using MapReduce.ServiceDefaults.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Tests.Support;

namespace ServiceDefaults.Tests.Http;

public sealed class HttpClientDefaultsTests
{
    [Fact]
    public async Task Client_FromTheFactory_HasTheDefaultTimeout()
    {
        await using var service = await TestService.StartAsync();
        Assert.Equal(HttpClientDefaults.Timeout, service.Services.GetRequiredService<IHttpClientFactory>().CreateClient().Timeout);
    }

    [Fact]
    public async Task Client_WithOwnTimeout_KeepsIt()
    {
        await using var service = await TestService.StartAsync(configure: builder =>
            builder.Services.AddHttpClient("slow", client => client.Timeout = TimeSpan.FromMinutes(5)));
        Assert.Equal(TimeSpan.FromMinutes(5), service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("slow").Timeout);
    }
}
