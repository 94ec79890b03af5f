using MapReduce.MasterService.Hosting;
using MapReduce.MasterService.Tests.Redis;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;
using MasterService.Tests.Support;

namespace MasterService.Tests.Hosting;

/// <summary>Two masters over one Redis and one data folder.</summary>
public sealed class TwoMastersTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mapreduce-masters-");
    private RedisServer _redis = null!;
    private MasterHost _one = null!, _two = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync("--appendonly", "yes");
        _one = await StartAsync(_folder.FullName);
        _two = await StartAsync(_folder.FullName);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _redis.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Job_SubmittedToOne_IsClaimedAndEndedThroughTheOther()
    {
        var job = await _one.Client.SubmittedAsync(_one.Spec());
        var worker = new PretendWorker(_two, _two.NewWorkerClient());

        await worker.FinishJobAsync();

        Assert.Equal(JobState.Succeeded, (await _one.EndedAsync(job.JobId)).State);
    }

    [Fact]
    public async Task Job_WhenItsMasterIsGone_GoesOnThroughTheOther()
    {
        var job = await _one.Client.SubmittedAsync(_one.Spec());
        var map = await new PretendWorker(_one, _one.NewWorkerClient()).ClaimAsync();
        await _one.DisposeAsync();
        var worker = new PretendWorker(_two, _two.NewWorkerClient());

        Assert.Equal(CompleteAnswer.Ok, await worker.FinishAsync(map));
        await worker.FinishAsync(await worker.ClaimAsync());

        Assert.Equal(JobState.Succeeded, (await _two.EndedAsync(job.JobId)).State);
    }

    [Fact]
    public async Task Submit_SameKeyAtBothAtOnce_IsOneJob()
    {
        var spec = _one.Spec();

        var both = await Task.WhenAll(_one.Client.SubmittedAsync(spec, "key"), _two.Client.SubmittedAsync(spec, "key"));

        Assert.Equal(both[0].JobId, both[1].JobId);
    }

    [Fact]
    public async Task Submit_WhileRedisIsAway_Is503WithRetryAfter()
    {
        await _redis.StopAsync();

        using var response = await _one.Client.SubmitAsync(_one.Spec());

        await response.ProblemAsync(System.Net.HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Job_AfterRedisWasWipedAndCameBack_IsThereAgain()
    {
        var job = await _one.Client.SubmittedAsync(_one.Spec());
        await _redis.StopAsync();
        Directory.Delete(Path.Combine(_redis.Folder, "appendonlydir"), recursive: true);
        await _redis.RunAsync();

        var worker = new PretendWorker(_two, _two.NewWorkerClient());
        await Eventually.HoldsAsync(async () =>
            (await _two.Client.GetAsync("/v1/jobs")).IsSuccessStatusCode
            && (await _two.Client.GetAsync($"/v1/jobs/{job.JobId}", WireJson.Default.JobMessage)).Status.State == JobState.Mapping, "the job is planned again");
        await worker.FinishJobAsync();

        Assert.Equal(JobState.Succeeded, (await _two.EndedAsync(job.JobId)).State);
    }

    [Fact]
    public async Task Start_WithAnotherDataFolder_IsRefused()
    {
        var other = Directory.CreateTempSubdirectory("mapreduce-masters-");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(other.FullName));

        other.Delete(recursive: true);
        Assert.Contains("MapReduce:DataFolder", refused.Message);
    }

    [Fact]
    public async Task Health_OverRedis_SaysSo() =>
        Assert.Contains("leases are kept in Redis", await _one.Client.GetStringAsync("/health"));

    private Task<MasterHost> StartAsync(string folder) =>
        MasterHost.StartAsync(new Dictionary<string, string?> { ["ConnectionStrings:redis"] = _redis.Configuration }, folder);
}
