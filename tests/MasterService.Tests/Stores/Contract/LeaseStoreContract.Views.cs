using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Stores.Contract;

public abstract partial class LeaseStoreContract
{
    [Fact]
    public async Task Job_Unknown_IsNull() => Assert.Null(await Store.JobAsync("nobody", default));

    [Fact]
    public async Task Job_Submitted_HasItsShapeAndAge()
    {
        await SubmitAsync(new StepSize(true, 3, 2));
        await AdvanceAsync(TimeSpan.FromSeconds(5));
        var view = await ViewAsync();
        Assert.Equal((JobState.Planning, TaskKind.Sample, TimeSpan.FromSeconds(5), 7), (view.State, view.Claimable, view.Age, view.Shape.Priority));
        Assert.Equal(Shape().SubmittedAt, view.Shape.SubmittedAt);
    }

    [Fact]
    public async Task Job_Sampled_HasTheBoundaries()
    {
        await SubmitAsync(new StepSize(true, 3, 2));
        var sample = await StartAsync();
        await Store.CompleteAsync([new(sample, Result(1) with { Boundaries = [1, 2, 255] })], default);
        Assert.Equal([1, 2, 255], (await ViewAsync()).Boundaries);
        Assert.Equal([1, 2, 255], (await ViewAsync()).Boundaries);
    }

    [Fact]
    public async Task Active_ManyJobs_AreListedBySubmitTimeWithoutTheEnded()
    {
        foreach (var id in (string[])["c", "a", "b"])
        {
            await Store.SubmitAsync(Shape(new StepSize(false, 1, 1)) with { JobId = id }, default);
            await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        }
        await Store.ActiveAsync(default);
        await Store.FinishAsync("a", JobState.Succeeded, null, default);
        Assert.Equal(["c", "b"], (await Store.ActiveAsync(default)).Jobs.Select(job => job.Shape.JobId));
    }

    [Fact]
    public async Task Running_Attempts_AreListedInTheOrderOfTheirGrants()
    {
        await SubmitAsync(new StepSize(false, 3, 1));
        await RunAsync(1);
        var leases = await ClaimAsync(2);
        await RenewAsync(leases[1]);
        await AdvanceAsync(TimeSpan.FromSeconds(3));
        var running = await Store.RunningAsync(JobId, default);
        Assert.Equal(leases.Select(lease => lease.Token), running.Runs.Select(run => run.Token));
        Assert.Equal([("granted", null), ("read", "halfway")], running.Runs.Select(run => (run.Progress.Phase, run.Progress.Status)));
        Assert.All(running.Runs, run => Assert.Equal(TimeSpan.FromSeconds(3), run.Age));
    }

    [Fact]
    public async Task Running_MedianOfTheStage_IsGoodToAFourth()
    {
        await SubmitAsync(new StepSize(false, 5, 1));
        foreach (var seconds in (int[])[1, 4, 100])
        {
            var lease = await StartAsync();
            await AdvanceAsync(TimeSpan.FromSeconds(seconds));
            await CompleteAsync(lease);
        }
        Assert.InRange((await Store.RunningAsync(JobId, default)).Median, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Winners_WinTakenBackAndWonAgain_IsAnotherVersion()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        var lease = Assert.Single(await RunAsync(1));
        var before = await Store.WinnersAsync(JobId, 0, TaskKind.Map, default);
        await Store.InvalidateAsync(lease, default);
        await RunAsync(1);
        var after = await Store.WinnersAsync(JobId, 0, TaskKind.Map, default);
        Assert.Equal((true, true), (before.IsComplete, after.IsComplete));
        Assert.NotEqual(before.Version, after.Version);
    }

    [Fact]
    public async Task Winners_BigStage_AreAllThereByTask()
    {
        await SubmitAsync(new StepSize(false, 9_000, 0));
        for (var i = 0; i < 9; i++)
        {
            var leases = await ClaimAsync(1000);
            await Store.CompleteAsync([.. leases.Select(lease => new CompletedAttempt(lease, Result(1) with { Files = [AFile($"part-{lease.Task.Index}")] }))], default);
        }
        var result = await Store.ResultAsync(JobId, default);
        Assert.Equal(Enumerable.Range(0, 9_000).Select(i => (i, $"part-{i}")), result!.Winners.Select(winner => (winner.Task.Index, winner.Files[0].Name)));
        Assert.Equal(9_000, result.Counters["RECORDS"]);
    }

    [Fact]
    public async Task Result_FilesOfTheOutput_AreThere()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        await RunAsync(1);
        var reduce = await StartAsync();
        Assert.Null(await Store.ResultAsync(JobId, default));
        var file = new OutputFile("part-r-00000", 1L << 40, 12, 0xffff_ffff);
        await Store.CompleteAsync([new(reduce, Result(1) with { Files = [file], SpanId = ulong.MaxValue })], default);
        var winner = Assert.Single((await Store.ResultAsync(JobId, default))!.Winners);
        Assert.Equal((reduce.Task, reduce.Token, file), (winner.Task, winner.Token, Assert.Single(winner.Files)));
        var win = Assert.Single((await Store.WinnersAsync(JobId, 0, TaskKind.Reduce, default)).Wins);
        Assert.Equal((file, ulong.MaxValue, 0), (Assert.Single(win.Result.Files), win.Result.SpanId, win.Result.Counters.Count));
        Assert.Equal(JobState.Committing, (await ViewAsync()).State);
    }

    [Fact]
    public async Task Result_FilesOfSeveralStages_AreAllThereByStepKindAndTask()
    {
        await SubmitAsync(new StepSize(true, 3, 1), new StepSize(false, 1, 2));
        await Store.CompleteAsync([new(await StartAsync(), Result(0) with { Boundaries = [1] })], default);
        await StageAsync(3, index => index == 1 ? [] : [AFile($"side{index}"), AFile($"more{index}")]);
        await StageAsync(1, _ => [AFile(".records")]);
        await StageAsync(1, _ => []);
        await StageAsync(2, index => [AFile($"part{index}")]);
        var winners = (await Store.ResultAsync(JobId, default))!.Winners;
        Assert.Equal(
            ["0-m-00000 side0 more0", "0-m-00002 side2 more2", "0-r-00000 .records", "1-r-00000 part0", "1-r-00001 part1"],
            winners.Select(winner => $"{winner.Task} {string.Join(' ', winner.Files.Select(file => file.Name))}"));

        async Task StageAsync(int count, Func<int, OutputFile[]> files)
        {
            foreach (var lease in await ClaimAsync(count)) await Store.CompleteAsync([new(lease, Result(1) with { Files = files(lease.Task.Index) })], default);
        }
    }

    [Fact]
    public async Task Tasks_Page_HasEveryStateOfIt()
    {
        await SubmitAsync(new StepSize(false, 4, 1));
        await RunAsync(1);
        await StartAsync("w2");
        var tasks = await Store.TasksAsync(JobId, 0, TaskKind.Map, 0, 3, default);
        Assert.Equal([(TaskState.Done, "w1"), (TaskState.Running, "w2"), (TaskState.Pending, null)], tasks.Select(task => (task.State, task.WorkerId)));
    }

    [Fact]
    public async Task Events_Attempts_AreToldInOrder()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        await FailAsync(await StartAsync());
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        var lease = await StartAsync("w2");
        await CompleteAsync(lease);
        var ledger = await Store.EventsAsync(JobId, 1, 10, default);
        Assert.Equal([(2, AttemptEventKind.Failed), (3, AttemptEventKind.Granted), (4, AttemptEventKind.Committed)], ledger.Events.Select(each => ((int)each.Id, each.Kind)));
        Assert.Equal(("it broke", null, false), (ledger.Events[0].Message, ledger.Events[1].Message, ledger.IsTruncated));
    }

    [Fact]
    public async Task Events_MoreThanAreKept_AreTruncated()
    {
        await SubmitAsync(new StepSize(false, 6_000, 1));
        for (var i = 0; i < 6; i++)
        {
            var leases = await ClaimAsync(1000);
            await Store.CompleteAsync([.. leases.Select(lease => new CompletedAttempt(lease, Result(1)))], default);
        }
        var ledger = await Store.EventsAsync(JobId, 0, 20_000, default);
        Assert.Equal((10_000, 2_001, true), (ledger.Events.Count, ledger.Events[0].Id, ledger.IsTruncated));
    }

    [Fact]
    public async Task Finish_JobEnded_KeepsTheCountsAndForgetsTheTasks()
    {
        await SubmitAsync(new StepSize(false, 3, 1));
        await RunAsync(1);
        var lease = await StartAsync();
        await Store.FinishAsync(JobId, JobState.Failed, "why", default);
        await Store.FinishAsync(JobId, JobState.Succeeded, null, default);
        var view = await ViewAsync();
        Assert.Equal((JobState.Failed, "why", 1, 0, 1), (view.State, view.Error, view.Map.Done, view.Running, view.Attempts.Killed));
        Assert.Equal(RenewAnswer.Lost, await RenewAsync(lease));
        Assert.Equal(CompleteAnswer.Stale, (await CompleteAsync(lease)).Answer);
        Assert.Equal(1, (await Store.CountersAsync(JobId, default))["RECORDS"]);
        Assert.Empty(await Store.TasksAsync(JobId, 0, TaskKind.Map, 0, 10, default));
    }
}
