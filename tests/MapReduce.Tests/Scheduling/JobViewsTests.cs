using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

public sealed class JobViewsTests : IDisposable
{
    private readonly CoordinatorBench _bench = new(maps: 3, reducers: 1, isDurable: true);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Jobs_RunningAndEnded_NewestFirst()
    {
        var (ended, running) = (await EndedAsync("a"), await SubmitAsync("b"));
        Assert.Equal([running, ended], (await _bench.Master.JobsAsync(new JobFilter(), default)).Jobs.Select(job => job.JobId));
    }

    [Fact]
    public async Task Jobs_ByState_LeavesOthersOut()
    {
        await EndedAsync("a");
        var running = await SubmitAsync("b");
        var page = await _bench.Master.JobsAsync(new JobFilter { State = JobState.Mapping }, default);
        Assert.Equal((running, 1), (Assert.Single(page.Jobs).JobId, page.Total));
    }

    [Fact]
    public async Task Jobs_ByName_LeavesOthersOut()
    {
        await SubmitAsync("a");
        await _bench.SubmitAsync(CoordinatorBench.Spec("/b") with { Name = "nightly" }, "b");
        Assert.Equal("nightly", Assert.Single((await _bench.Master.JobsAsync(new JobFilter { Name = "nightly" }, default)).Jobs).Name);
    }

    [Fact]
    public async Task Jobs_SecondPage_HasTheRestAndTheTotal()
    {
        var first = await SubmitAsync("a");
        await SubmitAsync("b");
        var page = await _bench.Master.JobsAsync(new JobFilter { Offset = 1, Limit = 1 }, default);
        Assert.Equal((first, 2), (Assert.Single(page.Jobs).JobId, page.Total));
    }

    [Fact]
    public async Task Status_StoreForgotTheJob_StillHasItsCounts()
    {
        var job = await EndedAsync("a");
        var before = await _bench.StatusAsync(job);
        _bench.Store.Wipe();
        Assert.Equivalent(before, await _bench.StatusAsync(job), strict: true);
    }

    [Fact]
    public async Task Status_Ended_CountsTasksAndAttempts()
    {
        var status = await _bench.StatusAsync(await EndedAsync("a"));
        Assert.Equal((new AttemptCounts(4, 0, 0, 0, 0), 3, 1), (status.Attempts, status.Tasks[TaskKind.Map].Done, status.Tasks[TaskKind.Reduce].Done));
    }

    [Fact]
    public async Task Status_StoreLostItsMemoryBeforeTheEnd_HasTheTasksOfThePlan()
    {
        var job = await SubmitAsync("a");
        await _bench.RunAllAsync();
        _bench.Output.CarryOutFails = new IOException("not now");
        await Assert.ThrowsAsync<AggregateException>(() => _bench.TickAsync());
        _bench.Output.CarryOutFails = null;
        _bench.Store.Wipe();
        await _bench.TickAsync();
        Assert.Equal(3, (await _bench.StatusAsync(job)).Tasks[TaskKind.Map].Done);
    }

    [Fact]
    public async Task Describe_Known_GivesTheSpec() => Assert.Equal("/a", _bench.Master.Describe(await SubmitAsync("a"))!.Spec.Output);

    [Fact]
    public void Describe_Unknown_IsNull() => Assert.Null(_bench.Master.Describe(new string('0', 32)));

    [Fact]
    public async Task Output_Succeeded_NamesItsFiles() =>
        Assert.Equal("part-r-00000", Assert.Single(_bench.Master.Output(await EndedAsync("a"))!).Name);

    [Fact]
    public async Task Output_Running_IsNull() => Assert.Null(_bench.Master.Output(await SubmitAsync("a")));

    [Fact]
    public async Task Events_Ended_AreThoseBeforeTheEnd()
    {
        var job = await SubmitAsync("a");
        await _bench.RunAllAsync();
        var before = await _bench.Master.EventsAsync(job, 0, 100, default);
        await _bench.TickAsync();
        _bench.Store.Wipe();
        Assert.Equal(before!.Events, (await _bench.Master.EventsAsync(job, 0, 100, default))!.Events);
    }

    [Fact]
    public async Task Events_Unknown_IsNull() => Assert.Null(await _bench.Master.EventsAsync(new string('0', 32), 0, 100, default));

    [Theory]
    [InlineData(0, 10, 4)]
    [InlineData(1, 2, 2)]
    [InlineData(3, 10, 1)]
    public async Task Tasks_AnyState_ArePaged(int offset, int limit, int expected)
    {
        var job = await SubmitAsync("a");
        Assert.Equal(expected, (await _bench.Master.TasksAsync(job, new TaskFilter { Offset = offset, Limit = limit }, default))!.Count);
    }

    [Fact]
    public async Task Tasks_ByState_AreThose()
    {
        var job = await SubmitAsync("a");
        var lease = await _bench.ClaimAsync();
        Assert.Equal(lease.Task, Assert.Single((await _bench.Master.TasksAsync(job, new TaskFilter { State = TaskState.Running }, default))!).Task);
    }

    [Fact]
    public async Task Tasks_ByStateSecondPage_PassesOverTheFirst()
    {
        var job = await SubmitAsync("a");
        var page = await _bench.Master.TasksAsync(job, new TaskFilter { State = TaskState.Pending, Offset = 1, Limit = 1 }, default);
        Assert.Equal(1, Assert.Single(page!).Task.Index);
    }

    [Fact]
    public async Task DataFolderId_TwoMasters_IsTheSame() => Assert.Equal(_bench.Master.DataFolderId(), _bench.Another().DataFolderId());

    private Task<string> SubmitAsync(string key)
    {
        _bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        return _bench.SubmitAsync(CoordinatorBench.Spec("/" + key), key);
    }

    private async Task<string> EndedAsync(string key)
    {
        var job = await SubmitAsync(key);
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        return job;
    }
}
