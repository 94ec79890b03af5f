using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

public class StoreClaimTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    [Fact]
    public void Claim_NewJob_GrantsEachTaskOnce()
    {
        var bench = new StoreBench(new StepSize(false, 5, 1));
        var tasks = bench.Claim("w1", 3).Concat(bench.Claim("w2", 3)).Select(task => task.Task.Index);
        Assert.Equal([0, 1, 2, 3, 4], tasks);
    }

    [Fact]
    public void Claim_MapsNotAllDone_GrantsNoReduce()
    {
        var bench = new StoreBench(new StepSize(false, 2, 2));
        bench.Run(1);
        bench.ClaimOne();
        Assert.Empty(bench.Claim());
    }

    [Fact]
    public void Claim_AllMapsDone_GrantsReduces()
    {
        var bench = new StoreBench(new StepSize(false, 2, 2));
        bench.Run(2);
        Assert.All(bench.Claim(max: 2), task => Assert.Equal(TaskKind.Reduce, task.Task.Kind));
    }

    [Fact]
    public void Claim_SampledStep_GrantsOnlyTheSampleFirst()
    {
        var bench = new StoreBench(new StepSize(true, 2, 1));
        Assert.Equal([TaskKind.Sample], bench.Claim(max: 3).Select(task => task.Task.Kind));
    }

    [Fact]
    public void Claim_StepDone_GrantsMapsOfTheNextStep()
    {
        var bench = new StoreBench(new StepSize(false, 1, 2), new StepSize(false, 2, 1));
        bench.Run(1);
        bench.Run(2);
        Assert.Equal([new TaskId(1, TaskKind.Map, 0), new TaskId(1, TaskKind.Map, 1)], bench.Claim(max: 5).Select(task => task.Task));
    }

    [Fact]
    public void Claim_RetryDue_ComesBeforeTheCursor()
    {
        var bench = new StoreBench(new StepSize(false, 3, 1));
        bench.Release(bench.ClaimOne());
        Assert.Equal(0, bench.ClaimOne().Task.Index);
    }

    [Fact]
    public void Claim_WindowBehindTheCursor_SaysSo()
    {
        var bench = new StoreBench(new StepSize(false, 3, 1));
        bench.ClaimOne();
        var stale = new FreshWindow(0, TaskKind.Map, 0, [0]);
        var grant = StoreBench.Now(bench.Store.ClaimAsync(new ClaimRequest(StoreBench.JobId, "w1", 1, 9, stale, false), default));
        Assert.True(grant.IsBehind);
    }

    [Fact]
    public void Claim_WorkerFailedTheTask_LeavesItToOthersForOneLease()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        bench.Fail(bench.Start("w1"));
        bench.Tick(TimeSpan.FromSeconds(1));
        Assert.Empty(bench.Claim("w1", avoids: true));
        Assert.Single(bench.Claim("w2", avoids: true));
    }

    [Fact]
    public void Claim_WorkerFailedTheTaskOneLeaseAgo_GrantsIt()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        bench.Fail(bench.Start("w1"));
        bench.Tick(Lease + TimeSpan.FromSeconds(1));
        Assert.Single(bench.Claim("w1", avoids: true));
    }

    [Fact]
    public void Renew_LeaseRanOutButNotReaped_CreatesItAgain()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var lease = bench.Start();
        bench.Time.Advance(Lease * 1.5);
        Assert.Equal(RenewAnswer.Ok, bench.Renew(lease));
    }

    [Fact]
    public void Renew_AttemptGivenUp_IsLost()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var lease = bench.Start();
        bench.Tick(Lease);
        Assert.Equal(RenewAnswer.Lost, bench.Renew(lease));
    }

    [Fact]
    public void Renew_KeepsRenewing_HoldsTheTaskHoweverLong()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var lease = bench.Start();
        for (var i = 0; i < 100; i++)
        {
            bench.Tick(Lease - TimeSpan.FromSeconds(1));
            Assert.Equal(RenewAnswer.Ok, bench.Renew(lease));
        }
        Assert.Equal(0, bench.View.Attempts.Lost);
    }

    [Fact]
    public void Renew_JobCancelled_IsCancel()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var lease = bench.Start();
        StoreBench.Now(bench.Store.CancelAsync(StoreBench.JobId, default));
        Assert.Equal(RenewAnswer.Cancel, bench.Renew(lease));
    }

    [Fact]
    public void Claim_JobCancelled_GrantsNothing()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        StoreBench.Now(bench.Store.CancelAsync(StoreBench.JobId, default));
        Assert.Empty(bench.Claim());
    }
}
