using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

public class StoreCompleteTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    [Fact]
    public void Complete_Repeated_IsOkAgainAndCountsOnce()
    {
        var bench = new StoreBench(new StepSize(false, 2, 1));
        var lease = bench.Start();
        bench.Complete(lease, 7);
        Assert.Equal(CompleteAnswer.Ok, bench.Complete(lease, 7));
        Assert.Equal(7, bench.Counters[CounterNames.MapInputRecords]);
    }

    [Fact]
    public void Complete_LeaseGivenAway_IsStaleAndCountsNothing()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var zombie = bench.Start("w1");
        bench.Tick(Lease);
        bench.Complete(bench.Start("w2"), 5);
        Assert.Equal(CompleteAnswer.Stale, bench.Complete(zombie, 9));
        Assert.Equal(5, bench.Counters[CounterNames.MapInputRecords]);
    }

    [Fact]
    public void Complete_LeaseGivenUpAndNotYetTaken_IsStale()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var zombie = bench.Start();
        bench.Tick(Lease);
        Assert.Equal(CompleteAnswer.Stale, bench.Complete(zombie));
    }

    // Its files are made after the end of the job deleted all that there was: only its worker can delete them.
    [Fact]
    public void Complete_JobCancelled_IsStaleAndCountsNothing()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var lease = bench.Start();
        StoreBench.Now(bench.Store.CancelAsync(StoreBench.JobId, default));
        Assert.Equal(CompleteAnswer.Stale, bench.Complete(lease, 5));
        Assert.DoesNotContain(CounterNames.MapInputRecords, bench.Counters);
    }

    [Fact]
    public void Complete_WonBeforeTheCancel_IsOkAgain()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var lease = bench.Start();
        bench.Complete(lease, 5);
        StoreBench.Now(bench.Store.CancelAsync(StoreBench.JobId, default));
        Assert.Equal(CompleteAnswer.Ok, bench.Complete(lease, 5));
    }

    [Fact]
    public void Complete_TwinRuns_KillsTheTwin()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var first = bench.Start("w1");
        StoreBench.Now(bench.Store.SpeculateAsync(StoreBench.JobId, first.Task, default));
        var twin = bench.Start("w2");
        bench.Complete(first);
        Assert.Equal(RenewAnswer.Lost, bench.Renew(twin));
        Assert.Equal(1, bench.View.Attempts.Killed);
    }

    [Fact]
    public void Complete_LastTaskOfStage_EndsTheStage()
    {
        var bench = new StoreBench(new StepSize(false, 2, 1));
        bench.Run(1);
        var completion = bench.CompleteFully(bench.Start());
        Assert.True(completion.EndsStage);
    }

    [Fact]
    public void Complete_UnknownJob_IsStale()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        Assert.Equal(CompleteAnswer.Stale, bench.Complete(bench.Start() with { JobId = "other" }));
    }

    [Fact]
    public void Result_AllDone_HasTheWinnersAndTheirCounters()
    {
        var bench = new StoreBench(new StepSize(false, 2, 2));
        bench.Run(2, records: 3);
        var reduces = bench.Run(2, records: 0, files: new OutputFile("part", 1, 1, 1));
        var result = StoreBench.Now(bench.Store.ResultAsync(StoreBench.JobId, default))!;
        Assert.Equal(reduces.Select(lease => (lease.Task, lease.Token)), result.Winners.Select(winner => (winner.Task, winner.Token)));
        Assert.Equal(6, result.Counters[CounterNames.MapInputRecords]);
    }

    [Fact]
    public void Result_ReduceLeft_IsNull()
    {
        var bench = new StoreBench(new StepSize(false, 1, 2));
        bench.Run(1);
        bench.Run(1);
        Assert.Null(StoreBench.Now(bench.Store.ResultAsync(StoreBench.JobId, default)));
    }

    [Fact]
    public void Speculate_OneAttemptRuns_GivesATwinToAnotherWorkerOnly()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var first = bench.Start("w1");
        Assert.True(StoreBench.Now(bench.Store.SpeculateAsync(StoreBench.JobId, first.Task, default)));
        Assert.Empty(bench.Claim("w1"));
        Assert.True(Assert.Single(bench.Claim("w2")).IsBackup);
    }

    [Fact]
    public void Speculate_TwinRuns_DoesNothing()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var first = bench.Start("w1");
        StoreBench.Now(bench.Store.SpeculateAsync(StoreBench.JobId, first.Task, default));
        bench.Start("w2");
        Assert.False(StoreBench.Now(bench.Store.SpeculateAsync(StoreBench.JobId, first.Task, default)));
    }

    [Fact]
    public void Speculate_TwinQueuedThenTaskDone_GrantsNothing()
    {
        var bench = new StoreBench(new StepSize(false, 2, 1));
        var first = bench.Start("w1");
        bench.Start("w1");
        StoreBench.Now(bench.Store.SpeculateAsync(StoreBench.JobId, first.Task, default));
        bench.Complete(first);
        Assert.Empty(bench.Claim("w2"));
    }
}
