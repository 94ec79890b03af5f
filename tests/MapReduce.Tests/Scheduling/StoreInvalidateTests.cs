using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

public class StoreInvalidateTests
{
    [Fact]
    public void Invalidate_Winner_TakesOutItsCountersAndRerunsTheMap()
    {
        var bench = new StoreBench(new StepSize(false, 2, 1));
        var maps = bench.Run(2, records: 3);
        Assert.True(bench.Invalidate(maps[0]));
        Assert.Equal(3, bench.Counters[CounterNames.MapInputRecords]);
        Assert.Equal(maps[0].Task, bench.ClaimOne().Task);
    }

    [Fact]
    public void Invalidate_SomeReducesDone_KeepsThem()
    {
        var bench = new StoreBench(new StepSize(false, 1, 2));
        var map = Assert.Single(bench.Run(1));
        bench.Run(1);
        bench.Invalidate(map);
        Assert.Equal(1, bench.View.Reduce.Done);
    }

    [Fact]
    public void Invalidate_AllReducesDone_DoesNothing()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var map = Assert.Single(bench.Run(1));
        bench.Run(1);
        Assert.False(bench.Invalidate(map));
    }

    [Fact]
    public void Invalidate_Twice_DoesNothingTheSecondTime()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var map = Assert.Single(bench.Run(1));
        bench.Invalidate(map);
        Assert.False(bench.Invalidate(map));
    }

    [Fact]
    public void Invalidate_ReduceOutputMissing_RerunsTheReduce()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        bench.Run(1);
        var reduce = Assert.Single(bench.Run(1));
        Assert.True(bench.Invalidate(reduce));
        Assert.Equal(reduce.Task, bench.ClaimOne().Task);
    }

    [Fact]
    public void Invalidate_PassedStep_DoesNothing()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1), new StepSize(false, 1, 1));
        bench.Run(1);
        var reduce = Assert.Single(bench.Run(1));
        Assert.False(bench.Invalidate(reduce));
    }

    [Fact]
    public void Invalidate_MapRunsAgain_NoReduceIsGrantedMeanwhile()
    {
        var bench = new StoreBench(new StepSize(false, 1, 2));
        var map = Assert.Single(bench.Run(1));
        bench.Invalidate(map);
        bench.Start();
        Assert.Empty(bench.Claim());
    }

    [Fact]
    public void InvalidateWorker_TakesBackOnlyItsMapOutputs()
    {
        var bench = new StoreBench(new StepSize(false, 4, 1));
        bench.Run(3, "w1");
        bench.Run(1, "w2");
        Assert.Equal(2, StoreBench.Now(bench.Store.InvalidateWorkerAsync(StoreBench.JobId, "w1", 2, default)));
        Assert.Equal(1, StoreBench.Now(bench.Store.InvalidateWorkerAsync(StoreBench.JobId, "w1", 2, default)));
        Assert.Equal(1, bench.View.Map.Done);
    }

    [Fact]
    public void InvalidateWorker_MapOnlyStep_KeepsTheOutput()
    {
        var bench = new StoreBench(new StepSize(false, 2, 0));
        bench.Run(1);
        Assert.Equal(0, StoreBench.Now(bench.Store.InvalidateWorkerAsync(StoreBench.JobId, "w1", 500, default)));
    }

    [Fact]
    public void Fail_OneProvenCorruption_InvalidatesTheMap()
    {
        var bench = Reducing(reduces: 10, out var map);
        bench.Fail(bench.Start("r1"), FailureKind.Fetch, false, new FetchFailure(0, map.Token, FetchFault.Corrupt));
        Assert.Equal(0, bench.View.Map.Done);
    }

    [Fact]
    public void Fail_FetchReports_InvalidateAtTheThird()
    {
        var bench = Reducing(reduces: 10, out var map);
        var reduces = Enumerable.Range(0, 10).Select(i => bench.Start($"r{i}")).ToList();
        bench.Fail(reduces[0], FailureKind.Fetch, false, new FetchFailure(0, map.Token, FetchFault.Unreachable));
        bench.Fail(reduces[1], FailureKind.Fetch, false, new FetchFailure(0, map.Token, FetchFault.Unreachable));
        Assert.Equal(1, bench.View.Map.Done);
        bench.Fail(reduces[2], FailureKind.Fetch, false, new FetchFailure(0, map.Token, FetchFault.Unreachable));
        Assert.Equal(0, bench.View.Map.Done);
    }

    [Fact]
    public void Fail_FetchReportsOfHalfOfTheRunningReduces_Invalidate()
    {
        var bench = Reducing(reduces: 2, out var map);
        var reduces = new[] { bench.Start("r1"), bench.Start("r2") };
        bench.Fail(reduces[0], FailureKind.Fetch, false, new FetchFailure(0, map.Token, FetchFault.Unreachable));
        Assert.Equal(0, bench.View.Map.Done);
    }

    [Fact]
    public void Fail_FetchOfAnOutputThatMoved_DoesNotTouchTheNewOne()
    {
        var bench = Reducing(reduces: 2, out _);
        bench.Fail(bench.Start("r1"), FailureKind.Fetch, false, new FetchFailure(0, "1.old", FetchFault.Corrupt));
        Assert.Equal(1, bench.View.Map.Done);
    }

    [Fact]
    public void Announce_WipedStore_TakesTheOutputInsteadOfRunningTheMap()
    {
        var bench = new StoreBench(new StepSize(false, 2, 1));
        var map = bench.Run(1)[0];
        bench.Store.Wipe();
        StoreBench.Now(bench.Store.SubmitAsync(bench.Shape, default));
        Assert.True(Announce(bench, map));
        Assert.Equal([1], bench.Claim(max: 5).Select(task => task.Task.Index));
    }

    [Fact]
    public void Announce_RejectedToken_IsRefused()
    {
        var bench = new StoreBench(new StepSize(false, 2, 1));
        var map = bench.Run(1)[0];
        bench.Invalidate(map);
        Assert.False(Announce(bench, map));
    }

    [Fact]
    public void Announce_RefusedAfterAWipe_LeavesTheTaskToTheCursor()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        var map = bench.Run(1)[0];
        bench.Store.Wipe();
        StoreBench.Now(bench.Store.SubmitAsync(bench.Shape, default));
        bench.Complete(map);
        Assert.False(Announce(bench, map));
        Assert.Single(bench.Claim());
    }

    private static bool Announce(StoreBench bench, LeaseRef map) =>
        StoreBench.Now(bench.Store.AnnounceAsync("w1", map, bench.Shape.Fingerprint, StoreBench.Result(1), default));

    private static StoreBench Reducing(int reduces, out LeaseRef map)
    {
        var bench = new StoreBench(new StepSize(false, 1, reduces));
        map = Assert.Single(bench.Run(1));
        return bench;
    }
}
