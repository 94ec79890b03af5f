using MapReduce.Counters;
using MapReduce.Output;
using MapReduce.Protocol;

namespace MapReduce.Tests.Scheduling;

public sealed class JobCoordinatorTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private readonly CoordinatorBench _bench = new(maps: 2, reducers: 2);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Run_AllTasksDone_CommitsTheWinnersAndSucceeds()
    {
        var job = await _bench.SubmitAsync();
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        Assert.Equal(2, Assert.Single(_bench.Output.CarriedOut).Winners.Count);
        Assert.Equal(JobState.Succeeded, (await _bench.StatusAsync(job)).State);
    }

    [Fact]
    public async Task Run_NothingFails_StartsEachTaskOnce()
    {
        var job = await _bench.SubmitAsync();
        await _bench.RunAllAsync();
        await _bench.TickAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(new AttemptCounts(4, 0, 0, 0, 0), (await _bench.StatusAsync(job)).Attempts);
    }

    [Fact]
    public async Task Claim_Map_CarriesItsSplit()
    {
        await _bench.SubmitAsync();
        var lease = await _bench.ClaimAsync();
        Assert.Equal(_bench.Plan.Splits[lease.Task.Index].Pieces, lease.Split!.Pieces);
    }

    [Fact]
    public async Task Claim_Reduce_CarriesTheWinnersOutputs()
    {
        await _bench.SubmitAsync();
        var maps = new[] { await _bench.ClaimAsync("w1"), await _bench.ClaimAsync("w2") };
        await _bench.CompleteAsync(maps[0], "w1");
        await _bench.CompleteAsync(maps[1], "w2");
        var reduce = await _bench.ClaimAsync();
        var expected = maps.Select((map, i) => new MapOutputLocation(i, map.Token, $"w{i + 1}"));
        Assert.Equal(expected, reduce.MapOutputs);
    }

    [Fact]
    public async Task Claim_MapsStillRun_WaitsThenWakesWithTheLastCompletion()
    {
        await _bench.SubmitAsync();
        var maps = new[] { await _bench.ClaimAsync("w1"), await _bench.ClaimAsync("w2") };
        await _bench.CompleteAsync(maps[0]);
        var waiting = _bench.Master.ClaimAsync("w1", 1, TimeSpan.FromSeconds(20), default);
        Assert.False(waiting.IsCompleted);
        await _bench.CompleteAsync(maps[1]);
        Assert.Equal(TaskKind.Reduce, Assert.Single(await waiting).Task.Kind);
    }

    [Fact]
    public async Task Claim_NoWork_ReturnsNothingAfterTheWait()
    {
        var waiting = _bench.Master.ClaimAsync("w1", 1, TimeSpan.FromSeconds(20), default);
        _bench.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Empty(await waiting);
    }

    [Fact]
    public async Task Claim_NoWork_WakesWithASubmit()
    {
        var waiting = _bench.Master.ClaimAsync("w1", 1, TimeSpan.FromSeconds(20), default);
        await _bench.SubmitAsync();
        Assert.Single(await waiting);
    }

    [Fact]
    public async Task Claim_RetryWaits_WakesWhenItIsDue()
    {
        await _bench.SubmitAsync();
        await _bench.FailAsync(await _bench.ClaimAsync(), FailureKind.User);
        await _bench.ClaimAsync();
        var waiting = _bench.Master.ClaimAsync("w1", 1, TimeSpan.FromSeconds(20), default);
        Assert.False(waiting.IsCompleted);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Assert.Single(await waiting).Attempt);
    }

    [Fact]
    public async Task Claim_SplitsOfDifferentSizes_GrantsTheLargestFirst()
    {
        var splits = _bench.Plan.Splits;
        var small = splits[0] with { Pieces = [splits[0].Pieces[0] with { Length = 1 }] };
        _bench.Plan = _bench.Plan with { Splits = [small, splits[1]] };
        await _bench.SubmitAsync();
        Assert.Equal(1, (await _bench.ClaimAsync()).Task.Index);
    }

    [Fact]
    public async Task Complete_SilentWorkerComesBack_IsStale()
    {
        await _bench.SubmitAsync();
        await _bench.TickAsync(Lease + Lease);
        var zombie = await _bench.ClaimAsync("w1");
        await _bench.TickAsync(Lease);
        var second = await _bench.ClaimAsync("w2");
        Assert.Equal(zombie.Task, second.Task);
        await _bench.CompleteAsync(second, "w2");
        Assert.Equal(CompleteAnswer.Stale, await _bench.CompleteAsync(zombie, "w1"));
    }

    [Fact]
    public async Task Complete_StaleButInTheOutcome_IsOk()
    {
        await _bench.SubmitAsync();
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        _bench.Store.Wipe();
        var winner = _bench.Output.CarriedOut[0].Winners[0];
        var result = new AttemptResult { Counters = [] };
        var answer = await _bench.CompleteAsync(new LeaseRef(await _bench.SubmitAsync(), winner.Task, winner.Token), result, "w1");
        Assert.Equal(CompleteAnswer.Ok, answer);
    }

    [Fact]
    public async Task Deregister_WorkerWithMapOutputs_RerunsTheMapsAndKeepsFinishedReduces()
    {
        var job = await _bench.SubmitAsync();
        await _bench.Master.RegisterAsync(new WorkerRegistration("w1", 1, null), default);
        for (var i = 0; i < 3; i++) await _bench.CompleteAsync(await _bench.ClaimAsync("w1"), "w1");
        await _bench.Master.DeregisterAsync("w1", default);
        var status = await _bench.StatusAsync(job);
        Assert.Equal((0, 1), (status.Tasks[TaskKind.Map].Done, status.Tasks[TaskKind.Reduce].Done));
    }

    [Fact]
    public async Task Tick_WorkerSilentForThirtySeconds_RerunsItsMaps()
    {
        var job = await _bench.SubmitAsync();
        await _bench.Master.RegisterAsync(new WorkerRegistration("w1", 1, null), default);
        await _bench.CompleteAsync(await _bench.ClaimAsync("w1"), "w1");
        await _bench.TickAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(0, (await _bench.StatusAsync(job)).Tasks[TaskKind.Map].Done);
    }

    [Fact]
    public async Task Run_MapInvalidated_CountsOnlyTheWinners()
    {
        var job = await _bench.SubmitAsync();
        await _bench.Master.RegisterAsync(new WorkerRegistration("w1", 1, null), default);
        for (var i = 0; i < 3; i++) await _bench.CompleteAsync(await _bench.ClaimAsync("w1"), "w1");
        await _bench.Master.DeregisterAsync("w1", default);
        await _bench.RunAllAsync("w2");
        await _bench.TickAsync();
        Assert.Equal(3, (await _bench.StatusAsync(job)).Counters[CounterNames.MapInputRecords]);
    }

    [Fact]
    public async Task Fail_CorruptMapOutput_RerunsTheMapBeforeTheReduce()
    {
        await _bench.SubmitAsync();
        await _bench.CompleteAsync(await _bench.ClaimAsync());
        await _bench.CompleteAsync(await _bench.ClaimAsync());
        var reduce = await _bench.ClaimAsync();
        var corrupt = reduce.MapOutputs![1];
        await _bench.FailAsync(reduce, FailureKind.Fetch, "w1", new FetchFailure(corrupt.Map, corrupt.Token, FetchFault.Corrupt));
        Assert.Equal(new TaskId(0, TaskKind.Map, 1), (await _bench.ClaimAsync()).Task);
    }

    [Fact]
    public async Task Tick_WinnersFileMissing_RerunsThatTaskBeforeTheCommit()
    {
        await _bench.SubmitAsync();
        await _bench.CompleteAsync(await _bench.ClaimAsync());
        await _bench.CompleteAsync(await _bench.ClaimAsync());
        var lost = await _bench.ClaimAsync();
        await _bench.CompleteAsync(lost);
        await _bench.RunAllAsync();
        _bench.Output.MissingTokens.Add(lost.Token);
        await _bench.TickAsync();
        Assert.Empty(_bench.Output.CarriedOut);
        Assert.Equal(lost.Task, (await _bench.ClaimAsync()).Task);
    }

    [Fact]
    public async Task Tick_FileOfAStepThatPassedMissing_FailsTheJobAndNamesIt()
    {
        var job = await _bench.SubmitAsync(CoordinatorBench.Spec(steps: [new StepShape(true, false, false), new StepShape(true, false, false)]));
        var first = await _bench.ClaimAsync();
        await _bench.CompleteAsync(CoordinatorBench.Ref(first), CoordinatorBench.Result(first) with { Files = [new OutputFile("errors-0-m-00001", 3, 1, 0)] }, "w1");
        await _bench.RunAllAsync();
        _bench.Output.MissingTokens.Add(first.Token);
        await _bench.TickAsync();
        var status = await _bench.StatusAsync(job);
        Assert.Equal(JobState.Failed, status.State);
        Assert.Contains($"task {first.Task} wrote (errors-0-m-00001) one is gone", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tick_TaskDead_FailsTheJobWithItsError()
    {
        var job = await _bench.SubmitAsync();
        var lease = await _bench.ClaimAsync();
        await _bench.Master.FailAsync("w1", CoordinatorBench.Ref(lease), new AttemptFailure(FailureKind.User, "input is gone", IsFinal: true), default);
        await _bench.TickAsync();
        var status = await _bench.StatusAsync(job);
        Assert.Equal(JobState.Failed, status.State);
        Assert.Contains("input is gone", status.Error);
    }

    [Fact]
    public async Task Tick_JobTimeoutPassed_FailsTheJob()
    {
        var job = await _bench.SubmitAsync(CoordinatorBench.Spec() with { JobTimeout = TimeSpan.FromMinutes(1) });
        await _bench.TickAsync(TimeSpan.FromSeconds(62));
        Assert.Equal(JobState.Failed, (await _bench.StatusAsync(job)).State);
    }

    [Fact]
    public async Task Tick_OneJobsDiskFails_EndsTheOthersAndSaysSo()
    {
        await _bench.SubmitAsync();
        await _bench.RunAllAsync();
        _bench.Output.CarryOutFails = new IOException("disk full");
        await Assert.ThrowsAsync<AggregateException>(() => _bench.TickAsync());
        _bench.Output.CarryOutFails = null;
        await _bench.TickAsync();
        Assert.Single(_bench.Output.CarriedOut);
    }

    [Fact]
    public async Task Claim_SampledStep_GivesTheBoundariesToTheMaps()
    {
        await _bench.SubmitAsync(CoordinatorBench.Spec(steps: new StepShape(true, true, false)));
        var sample = await _bench.ClaimAsync();
        Assert.Equal(2, sample.SampledSplits!.Count);
        await _bench.CompleteAsync(sample);
        Assert.Equal([1, 2, 3], (await _bench.ClaimAsync()).Boundaries);
    }

    [Fact]
    public async Task Claim_SecondStep_ReadsTheFilesOfTheFirst()
    {
        await _bench.SubmitAsync(CoordinatorBench.Spec("/out", new StepShape(true, false, false), new StepShape(true, false, false)));
        for (var i = 0; i < 4; i++) await _bench.CompleteAsync(await _bench.ClaimAsync());
        var map = await _bench.ClaimAsync();
        Assert.Equal(new TaskId(1, TaskKind.Map, 0), map.Task);
        Assert.StartsWith($"/out/_temporary/{map.JobId}/0/0-r-00000/", map.Split!.Pieces[0].Path);
    }

    [Fact]
    public async Task Store_Paused_AnswersWorkersThatTheMasterIsUnavailable()
    {
        _bench.Store.Pause();
        await Assert.ThrowsAsync<MasterUnavailableException>(() => _bench.TryClaimAsync());
    }

    [Fact]
    public async Task WaitForTick_JobCanBeEnded_ReturnsAtOnce()
    {
        await _bench.SubmitAsync();
        await _bench.TickAsync();
        await _bench.RunAllAsync();
        Assert.True(_bench.Master.WaitForTickAsync(TimeSpan.FromSeconds(1), default).IsCompleted);
    }

    [Fact]
    public async Task WaitForTick_JobHasAShortLease_WaitsForASixthOfItAtMost()
    {
        await _bench.SubmitAsync(CoordinatorBench.Spec() with { Lease = TimeSpan.FromMilliseconds(600) });
        await _bench.TickAsync();
        var wait = _bench.Master.WaitForTickAsync(TimeSpan.FromMilliseconds(250), default);
        _bench.Time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(wait.IsCompleted);
        _bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    [Fact]
    public async Task EndedJobs_NamesOnlyThoseThatEnded()
    {
        var ended = await _bench.SubmitAsync();
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        var running = await _bench.SubmitAsync(CoordinatorBench.Spec("/other"), "other");
        Assert.Equal([ended], await _bench.Master.EndedJobsAsync([ended, running, "unknown"], default));
    }
}
