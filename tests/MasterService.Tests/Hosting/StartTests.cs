using MapReduce.MasterService.Hosting;
using MapReduce.MasterService.Tests.Redis;
using MasterService.Tests.Support;
using Microsoft.Extensions.Options;

namespace MasterService.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task Start_WrongOptions_IsRefusedWithEveryReason()
    {
        var settings = new Dictionary<string, string?>
        {
            ["MapReduce:Roots:0"] = "relative",
            ["MapReduce:History:Jobs"] = "0",
            ["MapReduce:History:Age"] = "00:10:00",
            ["MapReduce:Limits:ActiveJobs"] = "0",
            ["MapReduce:Tokens:Submit"] = "short",
        };

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => MasterHost.StartAsync(settings));

        Assert.Equal(5, refused.Failures.Count());
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://127.0.0.1:0;http://example.org:0")]
    public async Task Start_OpenToOthersWithoutTokensAndRoots_IsRefused(string urls)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => MasterHost.StartAsync(new Dictionary<string, string?> { ["urls"] = urls }));

        Assert.True(refused.Message.Contains("MapReduce:Tokens:Submit") && refused.Message.Contains("MapReduce:Roots:0"), refused.Message);
    }

    [Fact]
    public async Task Start_OpenKestrelEndpointWithoutTokens_IsRefused() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => MasterHost.StartAsync(new Dictionary<string, string?> { ["Kestrel:Endpoints:All:Url"] = "http://0.0.0.0:0" }));

    [Fact]
    public async Task Start_OpenToOthersWithTokensAndRoots_Listens()
    {
        var settings = new Dictionary<string, string?>
        {
            ["urls"] = "http://0.0.0.0:0",
            ["MapReduce:Tokens:Read"] = "read-0123456789abcdef",
            ["MapReduce:Roots:0"] = Path.GetTempPath(),
        };

        await using var host = await MasterHost.StartAsync(settings);

        Assert.NotEmpty(host.App.Urls);
    }

    [Fact]
    public async Task Health_WithoutRedis_SaysThatLeasesAreInMemory()
    {
        await using var host = await MasterHost.StartAsync();

        Assert.Contains("in memory", await host.Client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task Start_OverARedisThatEvicts_IsRefused()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "volatile-lru");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => MasterHost.StartAsync(new Dictionary<string, string?> { ["ConnectionStrings:redis"] = redis.Configuration }));

        Assert.Contains("noeviction", refused.Message);
    }

    [Fact]
    public async Task Restart_OverTheDataFolder_GoesOnWithTheJob()
    {
        var folder = Directory.CreateTempSubdirectory("mapreduce-master-");
        string jobId;
        await using (var first = await MasterHost.StartAsync(folder: folder.FullName)) jobId = (await first.Client.SubmittedAsync(first.Spec())).JobId;

        await using (var second = await MasterHost.StartAsync(folder: folder.FullName))
        {
            await new PretendWorker(second, second.NewWorkerClient()).FinishJobAsync();
            Assert.Null((await second.EndedAsync(jobId)).Error);
        }
        folder.Delete(recursive: true);
    }
}
