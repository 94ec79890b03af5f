using MapReduce.Protocol;
using MapReduce.Worker;

namespace MapReduce.Tests.Worker;

public class WorkerLoopTests
{
    [Fact]
    public void Run_Started_RegistersBeforeItClaims()
    {
        using var worker = new WorkerFixture().Start();
        Assert.Equal(["register", "claim"], worker.Master.Calls);
    }

    [Fact]
    public void Run_SlotsFree_ClaimsForAllOfThem()
    {
        using var worker = new WorkerFixture(slots: 3).Start(WorkerFixture.Lease());
        Assert.Equal(2, worker.Master.ClaimedMax);
    }

    [Fact]
    public void Run_Leased_AcknowledgesBeforeUserCode()
    {
        using var worker = new WorkerFixture();
        var started = -1;
        worker.Master.OnRenew = _ =>
        {
            started = worker.Runner.Running.Count;
            return RenewAnswer.Ok;
        };
        worker.Start(WorkerFixture.Lease());
        Assert.Equal((0, 1), (started, worker.Runner.Running.Count));
    }

    [Fact]
    public void Run_AcknowledgementLost_RunsNothing()
    {
        using var worker = new WorkerFixture();
        worker.Master.OnRenew = _ => RenewAnswer.Lost;
        worker.Start(WorkerFixture.Lease());
        Assert.Empty(worker.Runner.Running);
    }

    [Fact]
    public void Run_NoSlotFree_ClaimsNothing()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        Assert.False(worker.Master.IsClaiming);
    }

    [Fact]
    public void Run_AttemptCompletes_ClaimsAtOnce()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        Assert.Equal(["complete 1.a", "claim"], worker.Master.Calls[^2..]);
    }

    [Fact]
    public void Run_Stale_DiscardsFiles()
    {
        using var worker = new WorkerFixture();
        worker.Master.OnComplete = () => CompleteAnswer.Stale;
        worker.Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        Assert.Equal(["1.a"], worker.Runner.Discarded);
    }

    [Fact]
    public void Run_StaleWhereAnotherStepFollows_KeepsFiles()
    {
        var lease = WorkerFixture.Lease();
        var step = lease.Spec.Steps[0];
        using var worker = new WorkerFixture();
        worker.Master.OnComplete = () => CompleteAnswer.Stale;
        worker.Start(lease with { Spec = lease.Spec with { Steps = [step, step] } });
        worker.Runner.Complete();
        Assert.Equal((1, 0), (worker.Master.CountOf("complete"), worker.Runner.Discarded.Count));
    }

    [Fact]
    public void Run_Won_KeepsFiles()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        Assert.Empty(worker.Runner.Discarded);
    }

    [Fact]
    public void Run_StaleAfterLostAnswer_KeepsFilesUntilTheJobHasEnded()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Master.OnComplete = () => CompleteAnswer.Stale;
        worker.Master.IsAway = true;
        worker.Runner.Complete();
        worker.Master.IsAway = false;
        worker.Advance(1);
        Assert.Equal((2, 0), (worker.Master.CountOf("complete"), worker.Runner.Discarded.Count));
        worker.Master.Ended.Add(WorkerFixture.Lease().JobId);
        worker.Advance(10);
        Assert.Equal(["1.a"], worker.Runner.Discarded);
    }

    [Fact]
    public void Run_AttemptFailed_ReportsItsFailure()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        var failure = new AttemptFailure(FailureKind.Fetch, "map 3 is gone", FetchFailures: [new FetchFailure(3, "1.x", FetchFault.Unreachable)]);
        worker.Runner.Fail(new AttemptFailedException(failure));
        Assert.Same(failure, Assert.Single(worker.Master.Failures));
    }

    [Fact]
    public void Run_AttemptThrowsUnexplained_ReportsUserFailureWithText()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Runner.Fail(new InvalidOperationException("no such thing"));
        Assert.Contains("no such thing", Assert.Single(worker.Master.Failures, failure => failure.Kind == FailureKind.User).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DrainWhileRunning_FinishesAndDeregisters()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Drain();
        worker.Runner.Complete();
        Assert.Equal((true, "complete 1.a", "deregister"), (worker.Run.IsCompletedSuccessfully, worker.Master.Calls[^2], worker.Master.Calls[^1]));
    }

    [Fact]
    public void Run_StopWhileRunning_ReleasesAndDeregisters()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Stop();
        Assert.Equal((true, "release 1.a", "deregister"), (worker.Run.IsCompletedSuccessfully, worker.Master.Calls[^2], worker.Master.Calls[^1]));
    }

    [Fact]
    public void Run_StopWhileIdle_Ends()
    {
        using var worker = new WorkerFixture().Start();
        worker.Stop();
        Assert.True(worker.Run.IsCompletedSuccessfully);
    }

    [Fact]
    public void Run_MasterAwayAtStart_RegistersLater()
    {
        using var worker = new WorkerFixture();
        worker.Master.IsAway = true;
        worker.Start();
        worker.Master.IsAway = false;
        worker.Advance(0.1);
        Assert.True(worker.Master.IsClaiming);
    }

    [Fact]
    public void Run_JobEnded_DiscardsItsOutputs()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        worker.Master.Ended.Add("j1");
        worker.Advance(5);
        Assert.Equal(["j1"], worker.Runner.DiscardedJobs);
    }

    [Fact]
    public void Run_JobUnknown_KeepsItsOutputs()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        worker.Advance(60);
        Assert.Empty(worker.Runner.DiscardedJobs);
    }

    [Fact]
    public async Task Run_MasterBreaksContract_EndsWithItsException()
    {
        using var worker = new WorkerFixture();
        worker.Master.OnRenew = _ => throw new NotSupportedException("protocol 9");
        worker.Start(WorkerFixture.Lease());
        Assert.Equal("protocol 9", (await Assert.ThrowsAsync<NotSupportedException>(() => worker.Run)).Message);
    }
}
