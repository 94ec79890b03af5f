using MapReduce.Output;
using MapReduce.Protocol;

namespace MapReduce.Tests.Scheduling;

/// <summary>Masters that die, stores that forget: whoever comes next carries on.</summary>
public sealed class MasterChangeTests : IDisposable
{
    private readonly CoordinatorBench _bench = new(maps: 2, reducers: 1);

    public void Dispose() => _bench.Dispose();

    private string JobFolder(string jobId) => Path.Combine(_bench.Folder, "jobs", jobId);

    [Fact]
    public async Task NewMaster_AtEveryCall_FinishesTheJob()
    {
        var job = await _bench.SubmitAsync();
        while (true)
        {
            _bench.Master = _bench.Another();
            if (await _bench.TryClaimAsync() is not { } lease) break;
            _bench.Master = _bench.Another();
            await _bench.CompleteAsync(lease);
        }
        _bench.Master = _bench.Another();
        await _bench.TickAsync();
        Assert.Equal(JobState.Succeeded, (await _bench.StatusAsync(job)).State);
    }

    [Fact]
    public async Task Claim_StoreHoldsAJobThatWasForgotten_GrantsTheOthersTasks()
    {
        var forgotten = await _bench.SubmitAsync(key: "a");
        var other = await _bench.SubmitAsync(CoordinatorBench.Spec("/other"), "b");
        Directory.Delete(JobFolder(forgotten), recursive: true);
        _bench.Master = _bench.Another();
        Assert.Equal(other, (await _bench.ClaimAsync()).JobId);
    }

    [Fact]
    public async Task Claim_StoreHoldsOnlyAJobThatWasForgotten_GrantsNothing()
    {
        Directory.Delete(JobFolder(await _bench.SubmitAsync()), recursive: true);
        _bench.Master = _bench.Another();
        Assert.Null(await _bench.TryClaimAsync());
    }

    [Fact]
    public async Task Claim_OneJobsPlanIsDamaged_GrantsTheOthersTasks()
    {
        var damaged = await _bench.SubmitAsync(key: "a");
        var other = await _bench.SubmitAsync(CoordinatorBench.Spec("/other"), "b");
        File.WriteAllBytes(Path.Combine(JobFolder(damaged), "plan"), [1, 2, 3]);
        _bench.Master = _bench.Another();
        Assert.Equal(other, (await _bench.ClaimAsync()).JobId);
    }

    [Fact]
    public async Task Claim_OnlyJobsPlanIsDamaged_SaysSo()
    {
        File.WriteAllBytes(Path.Combine(JobFolder(await _bench.SubmitAsync()), "plan"), [1, 2, 3]);
        _bench.Master = _bench.Another();
        var away = await Assert.ThrowsAsync<MasterUnavailableException>(() => _bench.TryClaimAsync());
        Assert.Contains("not a job plan", away.Message);
    }

    [Fact]
    public async Task Tick_StoreWipedAndOneJournalIsDamaged_SubmitsTheOthersAgain()
    {
        var damaged = await _bench.SubmitAsync(key: "a");
        var other = await _bench.SubmitAsync(CoordinatorBench.Spec("/other"), "b");
        File.WriteAllText(Path.Combine(JobFolder(damaged), "job"), "{");
        _bench.Store.Wipe();
        _bench.Master = _bench.Another();
        var failures = await Assert.ThrowsAsync<AggregateException>(() => _bench.TickAsync());
        Assert.Contains(damaged, Assert.Single(failures.InnerExceptions).Message);
        AwaitOffers();
        Assert.Equal(other, (await _bench.ClaimAsync()).JobId);
    }

    [Fact]
    public async Task Tick_StoreFailedAfterItToldOfALoss_SubmitsTheJobAgainWithTheNext()
    {
        await _bench.SubmitAsync();
        await _bench.TickAsync();
        _bench.Store.Wipe();
        var (jobs, away) = (JobFolder(""), Path.Combine(_bench.Folder, "away"));
        Directory.Move(jobs, away);
        File.WriteAllText(jobs.TrimEnd(Path.DirectorySeparatorChar), "");
        await Assert.ThrowsAsync<AggregateException>(() => _bench.TickAsync());
        File.Delete(jobs.TrimEnd(Path.DirectorySeparatorChar));
        Directory.Move(away, jobs);
        await _bench.TickAsync();
        AwaitOffers();
        Assert.NotNull(await _bench.TryClaimAsync());
    }

    [Fact]
    public async Task Tick_StoreWiped_SubmitsTheJobAgain()
    {
        var job = await _bench.SubmitAsync();
        await _bench.CompleteAsync(await _bench.ClaimAsync());
        _bench.Time.Advance(TimeSpan.FromSeconds(3));
        _bench.Store.Wipe();
        await _bench.TickAsync();
        Assert.Null(await _bench.TryClaimAsync());
        AwaitOffers();
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        Assert.Equal(JobState.Succeeded, (await _bench.StatusAsync(job)).State);
    }

    [Fact]
    public async Task Tick_OutcomePublishedByAMasterThatDied_CarriesItOut()
    {
        var job = await _bench.SubmitAsync();
        _bench.Output.Publish(job, new JobOutcome { Kind = OutcomeKind.Failed, Output = "/out", Job = "test", Error = "why" });
        _bench.Master = _bench.Another();
        await _bench.TickAsync();
        Assert.Equal(JobState.Failed, (await _bench.StatusAsync(job)).State);
        Assert.Null(await _bench.TryClaimAsync());
    }

    [Fact]
    public async Task Tick_OutcomePublishedAndStoreWiped_CarriesItOut()
    {
        var job = await _bench.SubmitAsync();
        _bench.Output.Publish(job, new JobOutcome { Kind = OutcomeKind.Cancelled, Output = "/out", Job = "test" });
        _bench.Store.Wipe();
        _bench.Master = _bench.Another();
        await _bench.TickAsync();
        Assert.Equal(JobState.Cancelled, (await _bench.StatusAsync(job)).State);
        Assert.Single(_bench.Output.CarriedOut);
    }

    [Fact]
    public async Task Status_StoreRestoredToBeforeTheEnd_StaysSucceeded()
    {
        var job = await _bench.SubmitAsync();
        var before = _bench.Store.Snapshot();
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        _bench.Store.Restore(before);
        Assert.Equal(JobState.Succeeded, (await _bench.StatusAsync(job)).State);
    }

    [Fact]
    public async Task Commit_OutcomeIsCancelAlready_IsObeyed()
    {
        var job = await _bench.SubmitAsync();
        await _bench.RunAllAsync();
        _bench.Output.Publish(job, new JobOutcome { Kind = OutcomeKind.Cancelled, Output = "/out", Job = "test" });
        await _bench.TickAsync();
        Assert.Equal(JobState.Cancelled, (await _bench.StatusAsync(job)).State);
    }

    [Fact]
    public async Task TwoMasters_TickAfterTheLastTask_CommitTheSameOutcome()
    {
        await _bench.SubmitAsync();
        await _bench.RunAllAsync();
        var other = _bench.Another();
        await Task.WhenAll(_bench.Master.TickAsync(default), other.TickAsync(default));
        Assert.Single(_bench.Output.CarriedOut.Distinct());
    }

    [Fact]
    public async Task Complete_OnOneMaster_IsSeenByAWaiterOfAnotherAtItsTick()
    {
        await _bench.SubmitAsync();
        var maps = new[] { await _bench.ClaimAsync(), await _bench.ClaimAsync() };
        var other = _bench.Another();
        var waiting = other.ClaimAsync("w2", 1, TimeSpan.FromSeconds(20), default);
        foreach (var map in maps) await _bench.CompleteAsync(map);
        await other.TickAsync(default);
        Assert.Equal(TaskKind.Reduce, Assert.Single(await waiting).Task.Kind);
    }

    // Until then a job that the store had lost waits for what its workers hold.
    private void AwaitOffers() => _bench.Time.Advance(TimeSpan.FromSeconds(7));
}
