using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Stores.Contract;

public abstract partial class LeaseStoreContract
{
    [Fact]
    public async Task Invalidate_MapOutput_TakesItsCountersOutAndRunsItAgain()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        var leases = await RunAsync(2);
        Assert.True(await Store.InvalidateAsync(leases[0], default));
        Assert.Equal(1, (await Store.CountersAsync(JobId, default))["RECORDS"]);
        Assert.Equal(leases[0].Task, Assert.Single(await ClaimAsync(2)).Task);
    }

    [Fact]
    public async Task Invalidate_OtherTokenWins_DoesNothing()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        var leases = await RunAsync(1);
        Assert.False(await Store.InvalidateAsync(leases[0] with { Token = "7.7" }, default));
    }

    [Fact]
    public async Task Invalidate_AllReducesDone_DoesNothing()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        var map = Assert.Single(await RunAsync(1));
        await RunAsync(1);
        Assert.False(await Store.InvalidateAsync(map, default));
    }

    [Fact]
    public async Task Invalidate_MapWithFilesAllReducesDone_RunsItAgainAlone()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        var maps = await ClaimAsync(2);
        foreach (var map in maps) await Store.CompleteAsync([new(map, Result(1) with { Files = [AFile($"side{map.Task.Index}")] })], default);
        await RunAsync(1);
        Assert.True(await Store.InvalidateAsync(maps[1], default));
        Assert.Null(await Store.ResultAsync(JobId, default));
        var again = Assert.Single(await ClaimAsync(5, "w2"));
        Assert.Equal((maps[1].Task, JobState.Reducing), (again.Task, (await ViewAsync()).State));
        await Store.CompleteAsync([new(again, Result(1) with { Files = [AFile("side1")] })], default);
        Assert.Equal([maps[0].Token, again.Token], (await Store.ResultAsync(JobId, default))!.Winners.Select(winner => winner.Token));
    }

    [Fact]
    public async Task Invalidate_FinishedReduces_StayFinished()
    {
        await SubmitAsync(new StepSize(false, 2, 2));
        var maps = await RunAsync(2);
        await RunAsync(1);
        await Store.InvalidateAsync(maps[0], default);
        Assert.Equal((1, 1, JobState.Reducing), ((await ViewAsync()).Map.Done, (await ViewAsync()).Reduce.Done, (await ViewAsync()).State));
    }

    [Fact]
    public async Task InvalidateWorker_ManyOutputs_TakesAtMostSoMany()
    {
        await SubmitAsync(new StepSize(false, 5, 1));
        await RunAsync(3, "w1");
        await RunAsync(2, "w2");
        Assert.Equal(2, await Store.InvalidateWorkerAsync(JobId, "w1", 2, default));
        Assert.Equal(1, await Store.InvalidateWorkerAsync(JobId, "w1", 2, default));
        Assert.Equal(2, (await ViewAsync()).Map.Done);
    }

    [Fact]
    public async Task Invalidate_FileMissing_IsTheReasonInTheLedger()
    {
        await SubmitAsync(new StepSize(false, 1, 0));
        await Store.InvalidateAsync(Assert.Single(await RunAsync(1)), default);
        Assert.Equal("its output file is missing", await ReasonAsync());
    }

    [Fact]
    public async Task InvalidateWorker_Gone_IsTheReasonInTheLedger()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        await RunAsync(1, "w7");
        await Store.InvalidateWorkerAsync(JobId, "w7", 5, default);
        Assert.Equal("its worker w7 left or fell silent", await ReasonAsync());
    }

    [Theory]
    [InlineData(1, 1, false, "1 reduce could not fetch it")]
    [InlineData(6, 3, false, "3 reduces could not fetch it")]
    [InlineData(6, 1, true, "a reduce proved it corrupt")]
    public async Task Fail_FetchReportsAreEnough_AreTheReasonInTheLedger(int reduces, int reports, bool isCorrupt, string reason)
    {
        await SubmitAsync(new StepSize(false, 1, 6));
        var map = Assert.Single(await RunAsync(1));
        foreach (var reduce in (await ClaimAsync(reduces)).Take(reports)) await FailAsync(reduce, FailureKind.Fetch, fetches: new FetchFailure(0, map.Token, isCorrupt ? FetchFault.Corrupt : FetchFault.Gone));
        Assert.Equal(reason, await ReasonAsync());
    }

    [Fact]
    public async Task InvalidateWorker_MapOnlyStep_TakesNothing()
    {
        await SubmitAsync(new StepSize(false, 2, 0));
        await RunAsync(1);
        Assert.Equal(0, await Store.InvalidateWorkerAsync(JobId, "w1", 10, default));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Fail_FetchReports_InvalidateTheMapWhenEnough(bool isCorrupt, int reportsNeeded)
    {
        await SubmitAsync(new StepSize(false, 1, 6));
        var map = Assert.Single(await RunAsync(1));
        // Two of the four that then run are half of them.
        var reduces = await ClaimAsync(5);
        for (var i = 0; i < reportsNeeded; i++)
        {
            Assert.Equal(1, (await ViewAsync()).Map.Done);
            await FailAsync(reduces[i], FailureKind.Fetch, fetches: new FetchFailure(0, map.Token, isCorrupt ? FetchFault.Corrupt : FetchFault.Gone));
        }
        Assert.Equal(0, (await ViewAsync()).Map.Done);
    }

    [Fact]
    public async Task Announce_StoreHasNoMemoryOfIt_Wins()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        var output = new LeaseRef(JobId, new TaskId(0, TaskKind.Map, 1), "3.00000000000000ff");
        Assert.True(await Store.AnnounceAsync("w9", output, "print", Result(4), default));
        Assert.True(await Store.AnnounceAsync("w9", output, "print", Result(4), default));
        var win = Assert.Single((await Store.WinnersAsync(JobId, 0, TaskKind.Map, default)).Wins);
        Assert.Equal((1, output.Token, "w9", 400), (win.Index, win.Token, win.Worker, win.Result.Bytes));
        Assert.Equal([0], (await ClaimAsync(5)).Select(lease => lease.Task.Index));
    }

    [Fact]
    public async Task Announce_TokenWasRejected_IsRefused()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        var lease = await StartAsync();
        await FailAsync(lease);
        Assert.False(await Store.AnnounceAsync("w1", lease, "print", Result(1), default));
    }

    [Fact]
    public async Task Announce_OtherFingerprint_IsRefused()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        Assert.False(await Store.AnnounceAsync("w1", new LeaseRef(JobId, new TaskId(0, TaskKind.Map, 0), "1.1"), "another", Result(1), default));
    }

    [Fact]
    public async Task Counters_BeyondWhatADoubleHolds_AreExact()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        var leases = await ClaimAsync(2);
        await CompleteAsync(leases[0], (1L << 60) + 1);
        await CompleteAsync(leases[1], 2);
        Assert.Equal((1L << 60) + 3, (await Store.CountersAsync(JobId, default))["RECORDS"]);
        await Store.InvalidateAsync(leases[0], default);
        Assert.Equal(2, (await Store.CountersAsync(JobId, default))["RECORDS"]);
    }

    private async Task<string?> ReasonAsync() =>
        Assert.Single((await Store.EventsAsync(JobId, 0, 100, default)).Events, told => told.Kind == AttemptEventKind.Invalidated).Message;
}
