using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;

namespace Cli.Tests.Cluster;

/// <summary><c>mapreduce stream</c> on a cluster.</summary>
public sealed class RemoteStreamTests : ClusterFixture
{
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData("said"u8));

    [Fact]
    public async Task Stream_Files_AreSentBeforeTheJobThatNamesThem()
    {
        Master.On("POST /v1/files", new MissingFilesReply([Hash]), WireJson.Default.MissingFilesReply);
        Master.On($"PUT /v1/files/{Hash}", HttpStatusCode.NoContent, "");
        Events(Ended(Running with { State = JobState.Succeeded }));
        Assert.Equal(0, await RunAsync("--mapper", "cat", "--file", Directory.File("a word", "said"), "--file", Directory.File("other", "said")));

        string[] sent = [.. Master.Requests.Select(request => request.Line).Where(line => line.StartsWith('P'))];
        Assert.Equal(["POST /v1/files", $"PUT /v1/files/{Hash}", "POST /v1/files", $"PUT /v1/files/{Hash}", "POST /v1/jobs"], sent);
        Assert.Equal("said", Master.Requests.First(request => request.Line.StartsWith("PUT", StringComparison.Ordinal)).Body);
        Assert.Equal($"- {Hash} 4 a word\n- {Hash} 4 other", FilesOf(Master.Requests.First(request => request.Line == "POST /v1/jobs").Body));
    }

    [Fact]
    public async Task Stream_OptionsThatTheJobRefuses_SendNothing()
    {
        Assert.Equal(7, await RunAsync("--mapper", "awk '{", "--file", Directory.File("a", "said")));
        Assert.DoesNotContain(Master.Requests, request => request.Line.StartsWith('P'));
    }

    [Fact]
    public async Task Stream_MasterRefusesTheFile_SaysWhyAndSubmitsNothing()
    {
        Master.On("POST /v1/files", HttpStatusCode.BadRequest, """{"reasons":["set AllowUserCode"]}""");
        Assert.Equal(7, await RunAsync("--mapper", "cat", "--file", Directory.File("a", "said")));
        Assert.Contains("set AllowUserCode", Host.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Master.Requests, request => request.Line == "POST /v1/jobs");
    }

    [Fact]
    public async Task Stream_Directory_IsRefusedWithARemedy()
    {
        Assert.Equal(7, await RunAsync("--mapper", "cat", "--file", Directory.Path));
        Assert.Contains("tar xf", Host.Error.ToString(), StringComparison.Ordinal);
    }

    private static string? FilesOf(string submit)
    {
        using var message = JsonDocument.Parse(submit);
        using var options = JsonDocument.Parse(message.RootElement.GetProperty("spec").GetProperty("options").GetString()!);
        return options.RootElement.GetProperty("files").GetString();
    }

    private Task<int> RunAsync(params string[] arguments) => Host.RunAsync(["stream", "/in", "--output", "/out", .. arguments]);
}
