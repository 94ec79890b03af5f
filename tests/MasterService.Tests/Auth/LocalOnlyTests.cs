using System.Net;
using MasterService.Tests.Support;

namespace MasterService.Tests.Auth;

public sealed class LocalOnlyTests
{
    [Theory]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "http://127.0.0.1", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "http://example.org", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1", "null", HttpStatusCode.Forbidden)]
    [InlineData("rebound.example.org", null, HttpStatusCode.Forbidden)]
    public async Task Request_WithoutTokens_IsServedToThisMachineOnly(string host, string? origin, HttpStatusCode expected)
    {
        await using var master = await MasterHost.StartAsync();

        Assert.Equal(expected, await AskAsync(master, host, origin, token: null));
    }

    [Fact]
    public async Task Request_OfAnotherHostWithAToken_IsServed()
    {
        const string Token = "read-0123456789abcdef";
        await using var master = await MasterHost.StartAsync(new Dictionary<string, string?> { ["MapReduce:Tokens:Read"] = Token });

        Assert.Equal(HttpStatusCode.OK, await AskAsync(master, "master.example.org", origin: null, Token));
    }

    private static async Task<HttpStatusCode> AskAsync(MasterHost master, string host, string? origin, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/jobs");
        request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var response = await master.NewClient(token).SendAsync(request);
        return response.StatusCode;
    }
}
