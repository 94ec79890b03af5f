using System.Net;
using System.Security.Cryptography;
using MapReduce.MasterService.Files;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;
using MasterService.Tests.Support;

namespace MasterService.Tests.Files;

public sealed class FileRouteTests : IAsyncLifetime
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 700_000).Select(i => (byte)(i * i >> 3))];
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));

    private MasterHost _host = null!;

    private string Folder => Path.Combine(_host.Folder, "data/files");

    public async Task InitializeAsync() =>
        _host = await MasterHost.StartAsync(new Dictionary<string, string?> { ["MapReduce:AllowUserCode"] = "true", ["MapReduce:Limits:FileBytes"] = "1000000", ["MapReduce:Limits:RequestBytes"] = "65536" });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Put_ThenGet_IsTheContent()
    {
        Assert.Equal([Hash], await MissingAsync());
        using (var stored = await PutAsync(Hash, Content)) Assert.Equal(HttpStatusCode.NoContent, stored.StatusCode);

        Assert.Empty(await MissingAsync());
        using var worker = _host.NewWorkerClient();
        await using var body = await worker.OpenFileAsync(Hash, CancellationToken.None);
        using var came = new MemoryStream();
        await body.CopyToAsync(came);
        Assert.Equal(Content, came.ToArray());
        Assert.Equal([Hash], Stored());
    }

    [Fact]
    public async Task Put_SeveralAtATime_IsStoredOnce()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PutAsync(Hash, Content)));

        Assert.All(all, stored => Assert.Equal(HttpStatusCode.NoContent, stored.StatusCode));
        Assert.Equal([Hash], Stored());
    }

    [Fact]
    public async Task Put_AnotherContent_IsRefusedAndLeavesNothing()
    {
        using var response = await PutAsync(Hash, Content[..^1]);

        Assert.Contains("send it again", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Put_TooLarge_IsRefusedAndLeavesNothing()
    {
        using var response = await PutAsync(Hash, new byte[1_000_001]);

        Assert.Contains("limit 1000000", Assert.Single(await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge)));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task Put_WithoutLength_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/files/{Hash}") { Content = new ByteArrayContent(Content), Headers = { TransferEncodingChunked = true } };
        using var response = await _host.Client.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.LengthRequired);
    }

    [Fact]
    public async Task Put_SenderDies_LeavesNothing()
    {
        using var dying = new CancellationTokenSource();
        var sending = _host.Client.PutAsync($"/v1/files/{Hash}", new StreamContent(new Halted(Content)) { Headers = { ContentLength = Content.Length } }, dying.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(Directory.Exists(Folder) && Stored().Any()), "a draft is written");
        dying.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await Eventually.HoldsAsync(() => Task.FromResult(!Stored().Any()), "the draft is deleted");
    }

    [Theory]
    [InlineData("..%2Fid")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Put_NameThatIsNoHash_IsRefused(string name)
    {
        using var response = await PutAsync(name, Content);

        Assert.Contains("64 hexadecimal digits", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Get_Unknown_Is404()
    {
        using var response = await _host.Client.GetAsync($"/v1/files/{Hash}");

        Assert.Contains("submit the job again", Assert.Single(await response.ProblemAsync(HttpStatusCode.NotFound)));
    }

    [Fact]
    public async Task Routes_WhereUserCodeIsNotAllowed_AreRefused()
    {
        await using var host = await MasterHost.StartAsync();

        foreach (var call in (Func<Task<HttpResponseMessage>>[])[
            () => host.Client.PutAsync($"/v1/files/{Hash}", new ByteArrayContent(Content)),
            () => host.Client.GetAsync($"/v1/files/{Hash}"),
            () => host.Client.PostAsync("/v1/files", new FilesMessage([Hash]), WireJson.Default.FilesMessage)])
        {
            using var response = await call();
            Assert.Contains("AllowUserCode", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
        }

        Assert.False(Directory.Exists(Path.Combine(host.Folder, "data/files")));
    }

    [Fact]
    public async Task Submit_FileThatIsNotThere_IsRefusedUntilItIs()
    {
        using (var response = await _host.Client.SubmitAsync(Spec()))
            Assert.Contains("'dict'", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));

        using (await PutAsync(Hash, Content)) { }
        using var admitted = await _host.Client.SubmitAsync(Spec());
        Assert.Equal(HttpStatusCode.Created, admitted.StatusCode);
    }

    [Fact]
    public async Task Submit_AnotherLength_IsRefused()
    {
        using (await PutAsync(Hash, Content)) { }
        using var response = await _host.Client.SubmitAsync(Spec(Content.Length + 1));

        Assert.Contains($"has {Content.Length} bytes, not {Content.Length + 1}", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Submit_OldFile_IsKeptForAnotherDay()
    {
        using (await PutAsync(Hash, Content)) { }
        File.SetLastWriteTimeUtc(Path.Combine(Folder, Hash), DateTime.UnixEpoch);
        using (await _host.Client.SubmitAsync(Spec())) { }

        Assert.Equal(0, _host.Service<FileStore>().Trim(new HashSet<string>()));
    }

    [Fact]
    public async Task UnendedSpecs_JobThatRuns_NamesItsFiles()
    {
        using (await PutAsync(Hash, Content)) { }
        var job = await _host.Client.SubmittedAsync(Spec());
        Assert.Equal([Hash], Needed());

        using (await _host.Client.PostAsync($"/v1/jobs/{job.JobId}/cancel", null)) { }
        await _host.EndedAsync(job.JobId);
        Assert.Empty(Needed());
    }

    private IEnumerable<string> Needed() =>
        _host.Service<MapReduce.Scheduling.JobCoordinator>().UnendedSpecs().SelectMany(MapReduce.Streaming.StreamJob.FilesOf).Select(file => file.Sha256);

    private JobSpec Spec() => Spec(Content.Length);

    private JobSpec Spec(long length) => _host.Spec() with { Job = "stream", Options = $$"""{"mapper":"cat","files":"- {{Hash}} {{length}} dict"}""" };

    private Task<HttpResponseMessage> PutAsync(string name, byte[] content) => _host.Client.PutAsync($"/v1/files/{name}", new ByteArrayContent(content));

    private async Task<IReadOnlyList<string>> MissingAsync()
    {
        using var response = await _host.Client.PostAsync("/v1/files", new FilesMessage([Hash]), WireJson.Default.FilesMessage);
        return (await response.ReadAsync(WireJson.Default.MissingFilesReply)).Missing;
    }

    private IEnumerable<string?> Stored() => Directory.GetFiles(Folder).Select(Path.GetFileName);

    /// <summary>Gives half of its content, and then nothing more.</summary>
    private sealed class Halted(byte[] content) : MemoryStream(content, 0, content.Length / 2)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read == 0) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return read;
        }
    }
}
