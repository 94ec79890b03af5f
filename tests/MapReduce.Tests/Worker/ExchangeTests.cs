using MapReduce.Protocol;

namespace MapReduce.Tests.Worker;

public class ExchangeTests
{
    [Fact]
    public void Complete_ExchangeGrants_RunsWithoutAnotherClaim()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Master.Exchanges.Enqueue([WorkerFixture.Lease(1, "1.b")]);
        worker.Runner.Complete();
        Assert.Equal(["complete 1.a", "renew 1.b"], worker.Master.Calls[^2..]);
        Assert.Contains("1.b", worker.Runner.Running.Keys);
    }

    [Fact]
    public void Complete_OneOfTwoSlots_ClaimsForThatSlot()
    {
        using var worker = new WorkerFixture(slots: 2).Start(WorkerFixture.Lease(0, "1.a"), WorkerFixture.Lease(1, "1.b"));
        worker.Runner.Complete();
        Assert.Equal([1], worker.Master.ExchangedMax);
    }

    [Fact]
    public void Complete_AnotherSlotPolls_DoesNotWaitForIt()
    {
        using var worker = new WorkerFixture(slots: 2).Start(WorkerFixture.Lease());
        Assert.True(worker.Master.IsClaiming);
        worker.Runner.Complete();
        Assert.Equal(1, worker.Master.CountOf("complete 1.a"));
    }

    [Fact]
    public void Complete_WhileMasterAway_GoWithOneExchange()
    {
        using var worker = new WorkerFixture(slots: 2).Start(WorkerFixture.Lease(0, "1.a"), WorkerFixture.Lease(1, "1.b"));
        worker.Master.IsAway = true;
        worker.Runner.Complete("1.a");
        worker.Runner.Complete("1.b");
        worker.Master.IsAway = false;
        worker.Advance(0.1);
        Assert.Equal(1, worker.Master.CountOf("complete 1.a,1.b"));
    }

    [Fact]
    public void Complete_StaleInTheFirstTryOfALaterBatch_DiscardsOnlyThat()
    {
        using var worker = new WorkerFixture(slots: 2).Start(WorkerFixture.Lease(0, "1.a"), WorkerFixture.Lease(1, "1.b"));
        worker.Master.OnComplete = () => CompleteAnswer.Stale;
        worker.Master.IsAway = true;
        worker.Runner.Complete("1.a");
        worker.Runner.Complete("1.b");
        worker.Master.IsAway = false;
        worker.Advance(0.1);
        Assert.Equal(["1.b"], worker.Runner.Discarded);
    }

    [Fact]
    public void Claim_AttemptsTookLong_AsksForItsSlots()
    {
        using var worker = new WorkerFixture(slots: 2).Start();
        for (var i = 0; i < 5; i++)
        {
            worker.Master.Grant(WorkerFixture.Lease(i, $"1.{i}"));
            worker.Advance(0.2);
            worker.Runner.Complete($"1.{i}");
        }
        Assert.True(worker.Master.ClaimedMax <= 2);
    }

    [Fact]
    public void Claim_AttemptsTookNoTime_AsksForABatch()
    {
        using var worker = new WorkerFixture().Start().Hurry();
        worker.Master.Grant(WorkerFixture.Lease(10, "1.a"));
        worker.Runner.Complete("1.a");
        Assert.Equal(16, worker.Master.ExchangedMax[^1]);
    }

    [Fact]
    public void Claim_StandsWhileJobsComeAndGo_AsksForItsSlots()
    {
        using var worker = new WorkerFixture(slots: 2).Start().Hurry();
        worker.Master.Grant(WorkerFixture.Lease(10, "1.a"));
        worker.Runner.Complete("1.a");
        Assert.Equal((true, 1), (worker.Master.IsClaiming, worker.Master.ClaimedMax));
    }

    [Fact]
    public void Claim_NothingRuns_AsksForItsSlots()
    {
        using var worker = new WorkerFixture().Start().Hurry();
        worker.Master.Grant();
        Assert.Equal(1, worker.Master.ClaimedMax);
    }

    [Fact]
    public void Claim_OtherJobsAttemptsTookNoTime_AsksForItsSlots()
    {
        using var worker = new WorkerFixture(slots: 2).Start().Hurry();
        worker.Master.Grant(WorkerFixture.Lease(0, "1.a", job: "j2"));
        Assert.Equal(1, worker.Master.ClaimedMax);
    }

    [Fact]
    public void Claim_BatchWasGivenBack_AsksForNoMoreAhead()
    {
        using var worker = new WorkerFixture(slots: 2).Start().Hurry();
        worker.Master.Grant(WorkerFixture.Lease(10, "1.a"), WorkerFixture.Lease(11, "1.b"), WorkerFixture.Lease(12, "1.c"));
        worker.Advance(9);
        worker.Runner.Complete("1.a");
        Assert.Equal((1, 1), (worker.Master.CountOf("release"), worker.Master.ExchangedMax[^1]));
    }

    [Fact]
    public void Claim_Batch_RunsOneAfterTheOtherWithoutWaitingForReports()
    {
        using var worker = new WorkerFixture().Start().Hurry();
        worker.Master.Grant(WorkerFixture.Lease(10, "1.a"), WorkerFixture.Lease(11, "1.b"));
        Assert.DoesNotContain("1.b", worker.Runner.Running.Keys);
        worker.Master.IsAway = true;
        worker.Runner.Complete("1.a");
        Assert.Contains("1.b", worker.Runner.Running.Keys);
    }

    [Fact]
    public void Claim_BatchWaits_IsRenewedWithTheRest()
    {
        using var worker = new WorkerFixture(heartbeatEvery: TimeSpan.FromSeconds(0.5)).Start().Hurry();
        worker.Master.Grant(WorkerFixture.Lease(10, "1.a"), WorkerFixture.Lease(11, "1.b"));
        worker.Master.Calls.Clear();
        worker.Advance(0.5);
        Assert.Equal(1, worker.Master.CountOf("renew 1.a,1.b"));
    }

    [Fact]
    public void Claim_BatchWaitsTooLong_IsGivenBack()
    {
        using var worker = new WorkerFixture().Start().Hurry();
        worker.Master.Grant(WorkerFixture.Lease(10, "1.a"), WorkerFixture.Lease(11, "1.b"));
        worker.Advance(3);
        Assert.Equal((1, 0), (worker.Master.CountOf("release 1.b"), worker.Master.CountOf("release 1.a")));
    }

    [Fact]
    public void Claim_WaitingLeaseLost_IsNotRun()
    {
        using var worker = new WorkerFixture(heartbeatEvery: TimeSpan.FromSeconds(0.5)).Start().Hurry();
        worker.Master.Grant(WorkerFixture.Lease(10, "1.a"), WorkerFixture.Lease(11, "1.b"));
        worker.Master.OnRenew = lease => lease.Token == "1.b" ? RenewAnswer.Lost : RenewAnswer.Ok;
        worker.Advance(0.5);
        worker.Runner.Complete("1.a");
        Assert.DoesNotContain("1.b", worker.Runner.Running.Keys);
    }

    [Fact]
    public void Drain_BatchWaits_IsGivenBack()
    {
        using var worker = new WorkerFixture().Start().Hurry();
        worker.Master.Grant(WorkerFixture.Lease(10, "1.a"), WorkerFixture.Lease(11, "1.b"));
        worker.Drain();
        Assert.Equal(1, worker.Master.CountOf("release 1.b"));
    }
}
