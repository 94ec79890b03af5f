using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MapReduce.Shuffle;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Shuffle;

public sealed class SegmentEndpointTests : IAsyncLifetime
{
    private HttpClient _http = null!;
    private ShuffleFixture _shuffle = null!;

    public async Task InitializeAsync()
    {
        _shuffle = await ShuffleFixture.StartAsync();
        _http = _shuffle.NewClient();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _shuffle.DisposeAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("Basic " + ShuffleFixture.Secret)]
    public async Task Post_WithoutTheSecret_IsUnauthorized(string? authorization) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(Request(MapOutputs.JobId), authorization)).StatusCode);

    [Fact]
    public async Task Post_UnknownJob_IsUnauthorized() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(Request("job-2"), $"Bearer {ShuffleFixture.Secret}")).StatusCode);

    [Fact]
    public async Task Post_ForgottenJob_IsUnauthorized()
    {
        _shuffle.Secrets.Forget(MapOutputs.JobId);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(Request(MapOutputs.JobId), $"Bearer {ShuffleFixture.Secret}")).StatusCode);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"jobId":"job-1","step":0,"partition":0,"maps":[]}""")]
    [InlineData("""{"jobId":"job-1","step":0,"partition":-1,"maps":[{"map":0,"token":"1.0"}]}""")]
    [InlineData("""{"jobId":"..","step":0,"partition":0,"maps":[{"map":0,"token":"1.0"}]}""")]
    [InlineData("""{"jobId":"job-1","step":0,"partition":0,"maps":[{"map":0,"token":"../../../secret"}]}""")]
    [InlineData("""{"jobId":"job-1","step":0,"partition":0,"maps":[null]}""")]
    public async Task Post_MalformedRequest_IsBadRequest(string json) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(Encoding.UTF8.GetBytes(json), $"Bearer {ShuffleFixture.Secret}")).StatusCode);

    [Fact]
    public async Task Post_GoodRequest_AnswersWithItsLength()
    {
        var output = _shuffle.Outputs.Write(0, ["a"]);
        var response = await PostAsync(new SegmentRequest(MapOutputs.JobId, 0, 0, [new RequestedMap(0, output.Token)]).ToJson(), $"Bearer {ShuffleFixture.Secret}");
        Assert.Equal((await response.Content.ReadAsByteArrayAsync()).Length, response.Content.Headers.ContentLength);
    }

    private static byte[] Request(string jobId) => new SegmentRequest(jobId, 0, 0, [new RequestedMap(0, "1.0")]).ToJson();

    private async Task<HttpResponseMessage> PostAsync(byte[] body, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, SegmentRequest.Route) { Content = new ByteArrayContent(body) };
        if (authorization is not null) request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        return await _http.SendAsync(request);
    }
}
