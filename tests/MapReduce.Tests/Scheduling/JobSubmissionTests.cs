using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

public sealed class JobSubmissionTests : IDisposable
{
    private readonly CoordinatorBench _bench = new(maps: 2, reducers: 1);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Submit_SameKey_IsTheSameJob()
    {
        Assert.Equal(await _bench.SubmitAsync(), await _bench.SubmitAsync());
        Assert.Single(StoreBench.Now(_bench.Store.ActiveAsync(default)).Jobs);
    }

    [Fact]
    public async Task Submit_SameKeyForAnotherJob_IsRejected()
    {
        await _bench.SubmitAsync();
        await Assert.ThrowsAsync<JobRejectedException>(() => _bench.SubmitAsync(CoordinatorBench.Spec() with { Options = "{\"a\":1}" }));
    }

    [Fact]
    public async Task Submit_SameKeyAfterTheEnd_StartsNothing()
    {
        var job = await _bench.SubmitAsync();
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        await _bench.SubmitAsync();
        Assert.Null(await _bench.TryClaimAsync());
        Assert.Equal(JobState.Succeeded, (await _bench.StatusAsync(job)).State);
    }

    [Fact]
    public async Task Submit_OutputTaken_IsRejectedWithItsOwner()
    {
        var owner = await _bench.SubmitAsync();
        var rejection = await Assert.ThrowsAsync<JobRejectedException>(() => _bench.SubmitAsync(key: "other"));
        Assert.Contains(owner, Assert.Single(rejection.Reasons));
    }

    [Fact]
    public async Task Submit_SeveralFaults_NamesThemAll()
    {
        var spec = CoordinatorBench.Spec() with { Priority = 101, MaxAttempts = 0 };
        var rejection = await Assert.ThrowsAsync<JobRejectedException>(() => _bench.SubmitAsync(spec));
        Assert.Equal(2, rejection.Reasons.Count);
    }

    [Fact]
    public async Task Submit_TooManySegments_NamesAFittingSplitSize()
    {
        _bench.Plan = _bench.Plan with { Splits = [.. Enumerable.Repeat(_bench.Plan.Splits[0], 1000)], Reducers = 60_000 };
        var rejection = await Assert.ThrowsAsync<JobRejectedException>(() => _bench.SubmitAsync());
        Assert.Contains("split size of", rejection.Message);
    }

    [Fact]
    public async Task Cancel_RunningJob_TellsItsAttemptsAndEndsCancelled()
    {
        var job = await _bench.SubmitAsync();
        var lease = await _bench.ClaimAsync();
        Assert.Equal(CancelAnswer.Cancelled, await _bench.Master.CancelAsync(job, default));
        Assert.Equal(RenewAnswer.Cancel, await _bench.RenewAsync(lease));
        await _bench.TickAsync();
        Assert.Equal(JobState.Cancelled, (await _bench.StatusAsync(job)).State);
    }

    [Fact]
    public async Task Cancel_AfterTheOutcome_IsTooLate()
    {
        var job = await _bench.SubmitAsync();
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        Assert.Equal(CancelAnswer.TooLate, await _bench.Master.CancelAsync(job, default));
    }

    [Fact]
    public async Task Cancel_UnknownJob_IsUnknown() =>
        Assert.Equal(CancelAnswer.Unknown, await _bench.Master.CancelAsync("../../etc", default));

    [Fact]
    public async Task Wait_JobEnds_ReturnsItsFinalStatus()
    {
        var job = await _bench.SubmitAsync();
        var waiting = _bench.Master.WaitAsync(job, default);
        Assert.False(waiting.IsCompleted);
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        Assert.Equal(JobState.Succeeded, (await waiting).State);
    }

    [Fact]
    public async Task Status_HalfOfTheMapsDone_SaysSo()
    {
        var job = await _bench.SubmitAsync();
        await _bench.CompleteAsync(await _bench.ClaimAsync());
        var status = await _bench.StatusAsync(job);
        Assert.Equal((JobState.Mapping, new TaskCounts(2, 0, 1, 0.5), 200L), (status.State, status.Tasks[TaskKind.Map], status.InputBytes));
    }

    [Fact]
    public async Task Status_UnknownJob_IsNull() => Assert.Null(await _bench.Master.StatusAsync("nothing", default));

    [Fact]
    public async Task Commit_PublishedByNobody_ShowsNoTerminalState()
    {
        var job = await _bench.SubmitAsync();
        await _bench.RunAllAsync();
        Assert.Equal(JobState.Committing, (await _bench.StatusAsync(job)).State);
        Assert.Null(_bench.Output.Outcome(job));
    }
}
