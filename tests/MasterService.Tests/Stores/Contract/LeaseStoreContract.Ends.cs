using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Stores.Contract;

public abstract partial class LeaseStoreContract
{
    [Fact]
    public async Task Complete_FirstOfTwins_WinsAndTheOtherIsStale()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        var first = await StartAsync("w1");
        await Store.SpeculateAsync(JobId, first.Task, default);
        var twin = await StartAsync("w2");
        Assert.Equal(CompleteAnswer.Ok, (await CompleteAsync(twin, 5)).Answer);
        Assert.Equal(CompleteAnswer.Stale, (await CompleteAsync(first, 7)).Answer);
        Assert.Equal(5, (await Store.CountersAsync(JobId, default))["RECORDS"]);
        Assert.Equal((1, 1), ((await ViewAsync()).Attempts.Killed, (await ViewAsync()).Attempts.Backup));
    }

    [Fact]
    public async Task Complete_Repeated_IsOkAgainAndCountsOnce()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        var lease = await StartAsync();
        await CompleteAsync(lease, 5);
        Assert.Equal(new Completion(CompleteAnswer.Ok, false), await CompleteAsync(lease, 5));
        Assert.Equal(5, (await Store.CountersAsync(JobId, default))["RECORDS"]);
    }

    [Fact]
    public async Task Complete_SameAttemptTwiceInOneCall_CountsOnce()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        var lease = await StartAsync();
        var answers = await Store.CompleteAsync([new(lease, Result(5)), new(lease, Result(5))], default);
        Assert.All(answers, answer => Assert.Equal(CompleteAnswer.Ok, answer.Answer));
        Assert.Equal(5, (await Store.CountersAsync(JobId, default))["RECORDS"]);
    }

    [Fact]
    public async Task Complete_LastOfItsStage_SaysSo()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        var leases = await ClaimAsync(2);
        var answers = await Store.CompleteAsync([.. leases.Select(lease => new CompletedAttempt(lease, Result(1)))], default);
        Assert.Equal([false, true], answers.Select(answer => answer.EndsStage));
    }

    [Fact]
    public async Task Complete_JobsMixed_AnswersInTheirOrder()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        var lease = await StartAsync();
        var answers = await Store.CompleteAsync([new(lease with { JobId = "nobody" }, Result(1)), new(lease, Result(1)), new(lease with { Token = "9.9" }, Result(1))], default);
        Assert.Equal([CompleteAnswer.Stale, CompleteAnswer.Ok, CompleteAnswer.Stale], answers.Select(answer => answer.Answer));
    }

    [Fact]
    public async Task Fail_User_RetriesAfterTheBackoff()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        Assert.Equal(FailAnswer.Retried, await FailAsync(await StartAsync()));
        // A quarter of a second, of which half is left to a chance of one half.
        Assert.Equal(TimeSpan.FromMilliseconds(187.5), (await ViewAsync()).NextRetry);
        Assert.Empty(await ClaimAsync());
        await AdvanceAsync(TimeSpan.FromMilliseconds(188));
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Fail_AsOftenAsAllowed_IsDeadAndSaysWhy()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(i < 3 ? FailAnswer.Retried : FailAnswer.Dead, await FailAsync(await StartAsync()));
            await AdvanceAsync(TimeSpan.FromMinutes(1));
        }
        Assert.Equal("it broke (task 0-m-00000 is dead: it failed 3 times (limit 3))", (await ViewAsync()).Dead!.Error);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Fail_TwentyTimesOfAnyKind_IsDead()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(i < 20 ? FailAnswer.Retried : FailAnswer.Dead, await FailAsync(await StartAsync(), FailureKind.Worker));
            await AdvanceAsync(TimeSpan.FromMinutes(1));
        }
        Assert.Equal("it broke (task 0-m-00000 is dead: 20 of its attempts failed or died (limit 20))", (await ViewAsync()).Dead!.Error);
    }

    [Fact]
    public async Task Fail_Final_IsDeadAtOnce()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        Assert.Equal(FailAnswer.Dead, await FailAsync(await StartAsync(), isFinal: true));
        Assert.EndsWith("is dead: another attempt cannot do better)", (await ViewAsync()).Dead!.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fail_GivenUpBefore_IsIgnored()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        var lease = await StartAsync();
        await Store.ReleaseAsync(lease, default);
        Assert.Equal(FailAnswer.Ignored, await FailAsync(lease));
    }

    [Fact]
    public async Task Fail_WorkerFault_BlamesTheWorkerUntilItSucceeds()
    {
        await SubmitAsync(new StepSize(false, 2, 1));
        await FailAsync(await StartAsync(), FailureKind.Worker);
        await FailAsync(await StartAsync());
        var row = Assert.Single((await ViewAsync()).FailingWorkers);
        Assert.Equal(("w1", 1, true), (row.WorkerId, row.Failures, row.IsWorkerFault));
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await CompleteAsync(await StartAsync());
        Assert.Empty((await ViewAsync()).FailingWorkers);
    }

    [Fact]
    public async Task Release_Running_FreesTheTaskAtOnceWithoutBlame()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        var lease = await StartAsync();
        Assert.True(await Store.ReleaseAsync(lease, default));
        Assert.False(await Store.ReleaseAsync(lease, default));
        Assert.Single(await ClaimAsync());
        Assert.Equal(0, (await ViewAsync()).Attempts.Failed);
    }

    [Fact]
    public async Task Reap_AcknowledgedAttemptSilent_IsADeath()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        await StartAsync();
        await TickAsync(TimeSpan.FromSeconds(12));
        var task = Assert.Single(await Store.TasksAsync(JobId, 0, TaskKind.Map, 0, 10, default));
        Assert.Equal((TaskState.Pending, 1, "worker w1 fell silent for 10 s while it ran attempt 1"), (task.State, task.Deaths, task.LastError));
    }

    [Fact]
    public async Task Reap_GrantNeverAcknowledged_BlamesNobody()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        await ClaimAsync();
        await TickAsync(TimeSpan.FromSeconds(12));
        var task = Assert.Single(await Store.TasksAsync(JobId, 0, TaskKind.Map, 0, 10, default));
        Assert.Equal((TaskState.Pending, 0, 1), (task.State, task.Deaths, (await ViewAsync()).Attempts.Lost));
    }

    [Fact]
    public async Task Reap_DeathsAsManyAsAllowed_KillTheTask()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        await StartAsync();
        await TickAsync(TimeSpan.FromSeconds(12));
        await StartAsync();
        await TickAsync(TimeSpan.FromSeconds(12));
        Assert.EndsWith("2 of its workers died (limit 2))", (await ViewAsync()).Dead!.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reap_NobodyLookedForLong_GivesUpNothingForOneLease()
    {
        await SubmitAsync(new StepSize(false, 1, 1));
        var lease = await StartAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.True((await Store.ReapAsync(default)).IsGuardChanged);
        await TickAsync(TimeSpan.FromSeconds(8));
        Assert.Equal(RenewAnswer.Ok, await RenewAsync(lease));
    }

    // A worker renews every third of its lease: a longer pause, as of a master that restarts, may be why it could not.
    [Theory]
    [InlineData(3000, 1000, false)]
    [InlineData(3000, 1001, true)]
    [InlineData(60_000, 3000, false)]
    [InlineData(60_000, 3001, true)]
    public async Task Reap_NobodyLookedForAThirdOfTheShortestLease_IsAnOutage(int lease, int pause, bool isOutage)
    {
        await Store.SubmitAsync(Shape(new StepSize(false, 1, 1)) with { Lease = TimeSpan.FromMilliseconds(lease) }, default);
        await Store.SubmitAsync(Shape(new StepSize(false, 1, 1)) with { JobId = "long", Lease = TimeSpan.FromMinutes(2) }, default);
        await AdvanceAsync(TimeSpan.FromMilliseconds(pause));
        Assert.Equal(isOutage, (await Store.ReapAsync(default)).IsGuardChanged);
    }

    [Fact]
    public async Task Reap_ShortLeaseRanOutWhileNobodyLooked_KeepsTheAttempt()
    {
        await Store.SubmitAsync(Shape(new StepSize(false, 1, 1)) with { Lease = TimeSpan.FromSeconds(2) }, default);
        await Store.ReapAsync(default);
        var lease = await StartAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(2.5));
        await Store.ReapAsync(default);
        Assert.Equal(RenewAnswer.Ok, await RenewAsync(lease));
    }
}
