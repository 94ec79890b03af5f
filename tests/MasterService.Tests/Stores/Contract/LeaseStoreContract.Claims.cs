using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Stores.Contract;

public abstract partial class LeaseStoreContract
{
    [Fact]
    public async Task Submit_SameFingerprint_IsTheSameJob()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        await RunAsync(1);
        Assert.True(await SubmitAsync(new StepSize(false, 2, 1)));
        Assert.Equal(1, (await ViewAsync()).Map.Done);
    }

    [Fact]
    public async Task Submit_OtherFingerprint_IsRefused()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        Assert.False(await Store.SubmitAsync(Shape(new StepSize(false, 2, 1)) with { Fingerprint = "another" }, default));
    }

    [Fact]
    public async Task Claim_UnknownJob_GrantsNothing()
    {
        var grant = await Store.ClaimAsync(new ClaimRequest("nobody", "w1", 1, 1, new FreshWindow(0, TaskKind.Map, 0, [0]), false), default);
        Assert.Equal((0, false), (grant.Tasks.Count, grant.IsBehind));
    }

    [Fact]
    public async Task Claim_Order_IsThatOfTheWindow()
    {
        await SubmitAsync(new StepSize(false, 3, 1));
        var grant = await Store.ClaimAsync(new ClaimRequest(JobId, "w1", 3, 0xabc, new FreshWindow(0, TaskKind.Map, 0, [2, 0, 1]), false), default);
        Assert.Equal([2, 0, 1], grant.Tasks.Select(task => task.Task.Index));
        Assert.All(grant.Tasks, task => Assert.Equal(("1.0000000000000abc", 1, false, 0L), (task.Token, task.Attempt, task.IsBackup, task.Version)));
    }

    [Fact]
    public async Task Claim_WindowTooShort_SaysThatItIsBehind()
    {
        await SubmitAsync(new StepSize(false, 3, 1));
        Assert.True((await Store.ClaimAsync(new ClaimRequest(JobId, "w1", 3, 1, new FreshWindow(0, TaskKind.Map, 0, [0]), false), default)).IsBehind);
    }

    [Fact]
    public async Task Claim_MapsStillRun_GrantsNoReduce()
    {
        await SubmitAsync(new StepSize(false, 2, 2));
        await RunAsync(1);
        await StartAsync();
        Assert.Empty(await ClaimAsync(2));
    }

    [Fact]
    public async Task Claim_AllMapsDone_GrantsReducesWithTheVersionOfTheMaps()
    {
        await SubmitAsync(new StepSize(false, 2, 2));
        await RunAsync(2);
        var grant = await Store.ClaimAsync(new ClaimRequest(JobId, "w1", 1, 1, new FreshWindow(0, TaskKind.Reduce, 0, [0, 1]), false), default);
        var version = (await Store.WinnersAsync(JobId, 0, TaskKind.Map, default)).Version;
        Assert.Equal((TaskKind.Reduce, version), (Assert.Single(grant.Tasks).Task.Kind, grant.Tasks[0].Version));
    }

    [Fact]
    public async Task Claim_SampledStep_GrantsTheSampleAlone()
    {
        await SubmitAsync(new StepSize(true, 2, 1));
        Assert.Equal(TaskKind.Sample, Assert.Single(await ClaimAsync(3)).Task.Kind);
    }

    [Fact]
    public async Task Claim_StepDone_GoesOnWithTheNext()
    {
        await SubmitAsync(new StepSize(false, 1, 1), new StepSize(false, 1, 0));
        await RunAsync(1);
        await RunAsync(1);
        Assert.Equal(new TaskId(1, TaskKind.Map, 0), Assert.Single(await ClaimAsync()).Task);
    }

    [Fact]
    public async Task Claim_CancelledJob_GrantsNothing()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        await Store.CancelAsync(JobId, default);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Claim_WorkerThatFailedTheTask_LeavesItToOthersForOneLease()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        await FailAsync(await StartAsync());
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(await ClaimAsync(1, "w1", avoids: true));
        Assert.Single(await ClaimAsync(1, "w2", avoids: true));
    }

    [Fact]
    public async Task Speculate_OneAttemptRuns_AnotherWorkerGetsTheTwin()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        var first = await StartAsync("w1");
        Assert.True(await Store.SpeculateAsync(JobId, first.Task, default));
        Assert.False(await Store.SpeculateAsync(JobId, first.Task, default));
        Assert.Empty(await ClaimAsync(1, "w1"));
        Assert.Equal("2", Assert.Single(await ClaimAsync(1, "w2")).Token.Split('.')[0]);
    }

    [Fact]
    public async Task Renew_GivenUpOrUnknown_IsLost()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        var lease = await StartAsync();
        await Store.ReleaseAsync(lease, default);
        Assert.Equal(
            [RenewAnswer.Lost, RenewAnswer.Lost],
            await Store.RenewAsync([new RenewRequest(lease, default), new RenewRequest(lease with { JobId = "nobody" }, default)], default));
    }

    [Fact]
    public async Task Renew_JobCancelled_SaysCancel()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        var lease = await StartAsync();
        await Store.CancelAsync(JobId, default);
        Assert.Equal(RenewAnswer.Cancel, await RenewAsync(lease));
    }

    [Fact]
    public async Task Reap_LeaseRenewedInTime_KeepsTheAttempt()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        var lease = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await TickAsync(TimeSpan.FromSeconds(8));
            Assert.Equal(RenewAnswer.Ok, await RenewAsync(lease));
        }
    }
}
