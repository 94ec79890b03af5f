using MapReduce.Protocol;

namespace MapReduce.Tests.Scheduling.Policy;

/// <summary>The policies at work in a coordinator.</summary>
public sealed class CoordinatorPolicyTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private readonly CoordinatorBench _bench = new(maps: 7, reducers: 1);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Claim_TwoJobs_SharesTheSlots()
    {
        var jobs = new[] { await _bench.SubmitAsync(), await _bench.SubmitAsync(CoordinatorBench.Spec("/other"), "other") };
        var leases = await _bench.Master.ClaimAsync("w1", 6, TimeSpan.Zero, default);
        Assert.All(jobs, job => Assert.Equal(3, leases.Count(lease => lease.JobId == job)));
    }

    [Fact]
    public async Task Claim_ManySlots_TakesThemAllFromOneJob()
    {
        await _bench.SubmitAsync();
        Assert.Equal(5, (await _bench.Master.ClaimAsync("w1", 5, TimeSpan.Zero, default)).Count);
    }

    [Fact]
    public async Task Claim_WorkerFailsTimeAndAgain_IsSetAsideForOneLease()
    {
        await RegisterAsync("w1", "w2", "w3");
        await _bench.SubmitAsync();
        for (var i = 0; i < 3; i++) await _bench.FailAsync(await _bench.ClaimAsync("w1"), FailureKind.User, "w1");
        Assert.Null(await _bench.TryClaimAsync("w1"));
        _bench.Time.Advance(Lease);
        Assert.NotNull(await _bench.TryClaimAsync("w1"));
    }

    [Fact]
    public async Task Claim_OnlyWorkerFails_IsTriedAgainAllTheSame()
    {
        await RegisterAsync("w1");
        await _bench.SubmitAsync();
        for (var i = 0; i < 3; i++) await _bench.FailAsync(await _bench.ClaimAsync("w1"), FailureKind.User, "w1");
        Assert.NotNull(await _bench.TryClaimAsync("w1"));
    }

    [Fact]
    public async Task Tick_StragglerAtTheEnd_GivesItsTwinToAnIdleWorker()
    {
        await _bench.SubmitAsync();
        var straggler = await _bench.ClaimAsync("w1");
        for (var i = 0; i < 6; i++) await _bench.CompleteAsync(await _bench.ClaimAsync("w2"), "w2");
        var idle = _bench.Master.ClaimAsync("w2", 1, TimeSpan.FromMinutes(1), default);
        for (var second = 0; second < 12; second++)
        {
            await _bench.TickAsync(TimeSpan.FromSeconds(1));
            await _bench.RenewAsync(straggler);
        }
        var twin = Assert.Single(await idle);
        Assert.Equal((straggler.Task, true), (twin.Task, twin.IsBackup));
    }

    [Theory]
    [InlineData(FetchFault.Unreachable, 7)]
    [InlineData(FetchFault.Gone, 0)]
    public async Task Fail_AllMapOutputsMissing_RunsTheMapsAgainUnlessTheReaderIsCutOff(FetchFault fault, int mapsDone)
    {
        await RegisterAsync([.. Enumerable.Range(0, 9).Select(i => $"w{i}")]);
        var job = await _bench.SubmitAsync();
        for (var i = 0; i < 7; i++) await _bench.CompleteAsync(await _bench.ClaimAsync($"w{i}"), $"w{i}");
        var reduce = await _bench.ClaimAsync("w8");
        var all = reduce.MapOutputs!.Select(output => new FetchFailure(output.Map, output.Token, fault)).ToArray();
        await _bench.FailAsync(reduce, FailureKind.Fetch, "w8", all);
        Assert.Equal(mapsDone, (await _bench.StatusAsync(job)).Tasks[TaskKind.Map].Done);
    }

    private async Task RegisterAsync(params string[] workers)
    {
        foreach (var worker in workers) await _bench.Master.RegisterAsync(new WorkerRegistration(worker, 1, null), default);
    }
}
