using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

/// <summary>A job whose tasks are done, and whose commit meets a disk that fails.</summary>
public sealed class CommitTroubleTests : IDisposable
{
    private static readonly JobSpec Limited = CoordinatorBench.Spec() with { JobTimeout = TimeSpan.FromMinutes(1) };

    private readonly CoordinatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Tick_CommitCannotBeDecided_IsTriedAgainAndSaysWhy()
    {
        var job = await DoneAsync(CoordinatorBench.Spec());
        _bench.Output.MissingFails = new IOException("the share is away");
        await FailedTickAsync();
        var status = await _bench.StatusAsync(job);
        Assert.Equal((JobState.Committing, "the share is away"), (status.State, status.Error));
        _bench.Output.MissingFails = null;
        await _bench.TickAsync();
        status = await _bench.StatusAsync(job);
        Assert.Equal((JobState.Succeeded, null), (status.State, status.Error));
    }

    [Fact]
    public async Task Tick_CommitCannotBeDecidedAndTheLimitPassed_FailsTheJobWithTheReason()
    {
        var job = await DoneAsync(Limited);
        _bench.Output.MissingFails = new UnauthorizedAccessException("the share is away");
        _bench.Time.Advance(TimeSpan.FromSeconds(61));
        await _bench.TickAsync();
        var status = await _bench.StatusAsync(job);
        Assert.Equal(JobState.Failed, status.State);
        Assert.Contains("limit of 00:01:00 (JobTimeout)", status.Error, StringComparison.Ordinal);
        Assert.EndsWith("cannot be committed: the share is away", status.Error, StringComparison.Ordinal);
    }

    // A limit is no reason to throw away what can be had.
    [Fact]
    public async Task Tick_AllTasksDoneAndTheLimitPassed_Succeeds()
    {
        var job = await DoneAsync(Limited);
        _bench.Time.Advance(TimeSpan.FromSeconds(61));
        await _bench.TickAsync();
        Assert.Equal(JobState.Succeeded, (await _bench.StatusAsync(job)).State);
    }

    [Fact]
    public async Task Tick_FailedJobsFilesCannotBeDeletedAndTheLimitPassed_EndsAllTheSame()
    {
        var job = await DoneAsync(Limited);
        (_bench.Output.MissingFails, _bench.Output.CarryOutFails) = (new IOException("the share is away"), new IOException("still away"));
        _bench.Time.Advance(TimeSpan.FromSeconds(61));
        await _bench.TickAsync();
        var status = await _bench.StatusAsync(job);
        Assert.Equal(JobState.Failed, status.State);
        Assert.EndsWith("could not be deleted (still away): delete '/out/_temporary'", status.Error, StringComparison.Ordinal);
    }

    // What was decided to be a success must never end as less.
    [Fact]
    public async Task Tick_CommitCannotBeCarriedOut_NeverEndsAndSaysWhy()
    {
        var job = await DoneAsync(Limited);
        _bench.Output.CarryOutFails = new IOException("both names are gone");
        await FailedTickAsync();
        _bench.Time.Advance(TimeSpan.FromSeconds(61));
        var first = await FailedTickAsync();
        Assert.Equal(first.Message, (await FailedTickAsync()).Message);
        var status = await _bench.StatusAsync(job);
        Assert.Equal((JobState.Committing, "both names are gone", null), (status.State, status.Error, status.EndedAt));
    }

    // A store that lost its memory is not told of the job again, so that no tick drives it: but each must say so, for the log.
    [Fact]
    public async Task Tick_CommitOfALostJobCannotBeCarriedOut_SaysWhyWithEveryTick()
    {
        var job = await DoneAsync(CoordinatorBench.Spec());
        _bench.Output.CarryOutFails = new IOException("both names are gone");
        await FailedTickAsync();
        _bench.Store.Wipe();
        var first = await FailedTickAsync();
        Assert.Equal(first.Message, (await FailedTickAsync()).Message);
        Assert.Equal("both names are gone", (await _bench.StatusAsync(job)).Error);
        _bench.Output.CarryOutFails = null;
        _bench.Time.Advance(TimeSpan.FromSeconds(5));
        await _bench.TickAsync();
        Assert.Equal(JobState.Succeeded, (await _bench.StatusAsync(job)).State);
    }

    private async Task<string> DoneAsync(JobSpec spec)
    {
        var job = await _bench.SubmitAsync(spec);
        await _bench.RunAllAsync();
        return job;
    }

    private Task<AggregateException> FailedTickAsync() => Assert.ThrowsAsync<AggregateException>(() => _bench.TickAsync());
}
