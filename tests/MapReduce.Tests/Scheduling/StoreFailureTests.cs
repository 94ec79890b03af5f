using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

public class StoreFailureTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    [Fact]
    public void Fail_OfUserCode_IsRetriedOnlyAfterABackoff()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        bench.Fail(bench.Start());
        Assert.Empty(bench.Claim());
        bench.Time.Advance(bench.View.NextRetry!.Value);
        Assert.Single(bench.Claim());
    }

    [Fact]
    public void Fail_MaxAttemptsTimes_IsDeadWithTheError()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        for (var i = 1; i < 4; i++)
        {
            Assert.Equal(FailAnswer.Retried, bench.Fail(bench.Start()));
            bench.Tick(TimeSpan.FromSeconds(30));
        }
        Assert.Equal(FailAnswer.Dead, bench.Fail(bench.Start()));
        Assert.Contains("it broke", bench.View.Dead!.Error);
    }

    [Fact]
    public void Fail_Final_IsDeadAtOnce()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        Assert.Equal(FailAnswer.Dead, bench.Fail(bench.Start(), isFinal: true));
    }

    [Fact]
    public void Fail_OfWorkers_IsDeadOnlyAtTwenty()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        for (var i = 1; i < 20; i++)
        {
            Assert.Equal(FailAnswer.Retried, bench.Fail(bench.Start(), FailureKind.Worker));
            bench.Tick(TimeSpan.FromSeconds(30));
        }
        Assert.Equal(FailAnswer.Dead, bench.Fail(bench.Start(), FailureKind.Worker));
    }

    [Fact]
    public void Fail_Repeated_CountsOnce()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var lease = bench.Start();
        bench.Fail(lease);
        Assert.Equal(FailAnswer.Ignored, bench.Fail(lease));
        Assert.Equal(1, bench.View.Attempts.Failed);
    }

    [Fact]
    public void Fail_TwinRuns_DoesNotQueueTheTask()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var first = bench.Start("w1");
        StoreBench.Now(bench.Store.SpeculateAsync(StoreBench.JobId, first.Task, default));
        bench.Start("w2");
        bench.Fail(first);
        Assert.Null(bench.View.NextRetry);
    }

    [Fact]
    public void Fail_InARow_ShowsTheFailingWorkerUntilItSucceeds()
    {
        var bench = new StoreBench(new StepSize(false, 3, 1));
        bench.Fail(bench.Start("w1"));
        bench.Fail(bench.Start("w1"));
        Assert.Equal(2, Assert.Single(bench.View.FailingWorkers).Failures);
        bench.Complete(bench.Start("w1"));
        Assert.Empty(bench.View.FailingWorkers);
    }

    [Fact]
    public void Release_CountsNoFailureAndFreesTheTaskAtOnce()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        for (var i = 0; i < 50; i++) Assert.True(bench.Release(bench.Start()));
        Assert.Null(bench.View.Dead);
        Assert.Single(bench.Claim());
    }

    [Fact]
    public void Reap_SilentForTheLease_FreesTheTask()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        bench.Start();
        bench.Tick(Lease);
        Assert.Equal(2, Assert.Single(bench.Claim()).Attempt);
    }

    [Fact]
    public void Reap_NeverAcknowledged_CountsNoDeath()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        for (var i = 0; i < 30; i++)
        {
            bench.ClaimOne();
            bench.Tick(Lease);
        }
        Assert.Null(bench.View.Dead);
    }

    [Fact]
    public void Reap_MaxDeathsOfAcknowledged_IsDead()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(bench.View.Dead);
            bench.Start();
            bench.Tick(Lease);
        }
        Assert.Contains("fell silent", bench.View.Dead!.Error);
    }

    [Fact]
    public void Reap_NobodyLookedForOverThreeSeconds_GivesOneLeaseOfGrace()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var lease = bench.Start();
        bench.Time.Advance(Lease * 2);
        bench.Tick(Lease - TimeSpan.FromSeconds(1));
        Assert.Equal(RenewAnswer.Ok, bench.Renew(lease));
    }

    [Fact]
    public void Reap_GraceOver_GivesUpTheSilent()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var lease = bench.Start();
        bench.Time.Advance(Lease * 2);
        bench.Tick(Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(RenewAnswer.Lost, bench.Renew(lease));
    }
}
