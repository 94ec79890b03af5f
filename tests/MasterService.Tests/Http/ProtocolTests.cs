using System.Net;
using MapReduce.Remote;
using MasterService.Tests.Support;

namespace MasterService.Tests.Http;

public sealed class ProtocolTests : IAsyncLifetime
{
    private MasterHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await MasterHost.StartAsync(new Dictionary<string, string?> { ["MapReduce:Limits:RequestBytes"] = "65536" });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("2", HttpStatusCode.OK)]
    [InlineData("1", HttpStatusCode.UpgradeRequired)]
    [InlineData("", HttpStatusCode.UpgradeRequired)]
    public async Task Request_OfAVersion_IsServedOrRefused(string? version, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, MasterApi.Jobs);
        if (version is not null) request.Headers.Add(MasterApi.VersionHeader, version);
        using var response = await _host.Client.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData(MasterApi.Claim)]
    [InlineData(MasterApi.Jobs)]
    public async Task Request_LargerThanTheLimit_Is413(string path)
    {
        using var response = await _host.Client.PostAsync(path, new StringContent(new string(' ', 65_537), null, "application/json"));

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(MasterApi.Claim)]
    [InlineData(MasterApi.Jobs)]
    public async Task Request_OfAnotherMediaType_Is415(string path)
    {
        using var response = await _host.Client.PostAsync(path, new StringContent("{}", null, "text/plain"));

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"workerId":"w","max":"one","waitMs":0}""")]
    [InlineData("""{"workerId":null,"max":1,"waitMs":0}""")]
    [InlineData("""{"max":1,"waitMs":0}""")]
    public async Task Claim_WrongBody_Is400(string body)
    {
        using var response = await _host.Client.PostAsync(MasterApi.Claim, new StringContent(body, null, "application/json"));

        Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest));
    }
}
