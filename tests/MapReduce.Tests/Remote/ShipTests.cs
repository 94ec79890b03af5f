using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MapReduce.Tests.Input.Planner;
using MapReduce.Tests.Remote.Support;

namespace MapReduce.Tests.Remote;

[UnsupportedOSPlatform("windows")]
public sealed class ShipTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeMasterHandler _handler = new();
    private readonly ClusterClient _cluster;

    public ShipTests() => _cluster = new ClusterClient(new ClusterClientOptions
    {
        Masters = MasterAddresses.Parse("http://a:1,http://b:2"),
        Time = new HastyTime(),
        Handler = _handler,
        Patience = TimeSpan.FromSeconds(5),
    });

    public void Dispose()
    {
        _cluster.Dispose();
        _handler.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Ship_MasterLacksTheFile_SendsItUnderItsHash()
    {
        var path = _folder.File("a word", "said");
        var hash = Convert.ToHexStringLower(SHA256.HashData("said"u8));
        _handler.Answers(new MissingFilesReply([hash]), WireJson.Default.MissingFilesReply).Answers(HttpStatusCode.NoContent);
        Assert.Equal(new ShippedFile("a word", hash, 4, false), await _cluster.ShipAsync(path));
        Assert.Equal([("POST", "/v1/files"), ("PUT", $"/v1/files/{hash}")], _handler.Requests.Select(asked => (asked.Method, asked.Uri.AbsolutePath)));
        Assert.Equal(("said", "100-continue"), (_handler.Requests[1].Body, _handler.Requests[1].Headers["Expect"]));
    }

    [Fact]
    public async Task Ship_MasterHasTheFile_SendsNothing()
    {
        _handler.Answers(new MissingFilesReply([]), WireJson.Default.MissingFilesReply);
        await _cluster.ShipAsync(_folder.File("a", "said"));
        Assert.Equal("POST", Assert.Single(_handler.Requests).Method);
    }

    [Fact]
    public async Task Ship_MasterDiesAsItIsSent_SendsAllOfItToTheNext()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData("said"u8));
        _handler.Answers(new MissingFilesReply([hash]), WireJson.Default.MissingFilesReply).Fails().Answers(HttpStatusCode.NoContent);
        await _cluster.ShipAsync(_folder.File("a", "said"));
        Assert.Equal([("a", "said"), ("b", "said")], _handler.Requests.Skip(1).Select(asked => (asked.Uri.Host, asked.Body)));
    }

    [Fact]
    public async Task Ship_ExecutableFile_SaysSo()
    {
        var path = _folder.File("a", "said");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _handler.Answers(new MissingFilesReply([]), WireJson.Default.MissingFilesReply);
        Assert.True((await _cluster.ShipAsync(path)).IsExecutable);
    }

    [Fact]
    public async Task Ship_Refused_HasTheReason()
    {
        _handler.Answers(HttpStatusCode.BadRequest, """{"detail":"no","reasons":["not allowed"]}""");
        Assert.Equal(["not allowed"], (await Assert.ThrowsAsync<JobRejectedException>(() => _cluster.ShipAsync(_folder.File("a", "said")))).Reasons);
    }

    [Fact]
    public async Task Ship_Directory_IsRefusedWithARemedy() =>
        Assert.Contains("tar xf", (await Assert.ThrowsAsync<JobRejectedException>(() => _cluster.ShipAsync(_folder.Path))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Ship_NameOfTwoLines_IsRefused() =>
        Assert.Contains("rename it", (await Assert.ThrowsAsync<JobRejectedException>(() => _cluster.ShipAsync(_folder.File("a\nb", "said")))).Message, StringComparison.Ordinal);
}
