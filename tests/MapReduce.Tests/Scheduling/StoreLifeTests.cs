using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

public class StoreLifeTests
{
    [Fact]
    public void Submit_SameFingerprint_IsTheSameJob()
    {
        var bench = new StoreBench(new StepSize(false, 2, 1));
        bench.Run(1);
        Assert.True(StoreBench.Now(bench.Store.SubmitAsync(bench.Shape, default)));
        Assert.Equal(1, bench.View.Map.Done);
    }

    [Fact]
    public void Submit_OtherFingerprint_IsRefused()
    {
        var bench = new StoreBench(new StepSize(false, 2, 1));
        Assert.False(StoreBench.Now(bench.Store.SubmitAsync(bench.Shape with { Fingerprint = "f2" }, default)));
    }

    [Fact]
    public void Submit_MillionTasks_CostsNoMemoryPerTask()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = new StoreBench(new StepSize(false, 1_000_000, 10));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Finish_JobEnded_AnswersLostAndKeepsTheCounts()
    {
        var bench = new StoreBench(new StepSize(false, 2, 1));
        bench.Run(1);
        var lease = bench.Start();
        StoreBench.Now(bench.Store.FinishAsync(StoreBench.JobId, JobState.Failed, "why", default));
        Assert.Equal(RenewAnswer.Lost, bench.Renew(lease));
        Assert.Equal((JobState.Failed, "why", 1, 1), (bench.View.State, bench.View.Error, bench.View.Map.Done, bench.View.Attempts.Killed));
    }

    [Fact]
    public void Reap_HourAfterTheEnd_ForgetsTheJob()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        StoreBench.Now(bench.Store.FinishAsync(StoreBench.JobId, JobState.Succeeded, null, default));
        bench.Time.Advance(TimeSpan.FromHours(1));
        bench.Reap();
        Assert.Null(StoreBench.Now(bench.Store.JobAsync(StoreBench.JobId, default)));
    }

    [Fact]
    public void Restore_Snapshot_IsTheOldStateAndStartsAGrace()
    {
        var bench = new StoreBench(new StepSize(false, 2, 1));
        var lease = bench.Start();
        var snapshot = bench.Store.Snapshot();
        bench.Complete(lease);
        bench.Store.Restore(snapshot);
        Assert.Equal((0, 1), (bench.View.Map.Done, bench.View.Running));
        Assert.True(bench.Reap().IsGuardChanged);
    }

    [Fact]
    public void Snapshot_StoreGoesOn_DoesNotChange()
    {
        var bench = new StoreBench(new StepSize(false, 3, 1));
        bench.Fail(bench.Start());
        var snapshot = bench.Store.Snapshot();
        bench.Run(2);
        bench.Store.Restore(snapshot);
        Assert.Equal(new StageView(3, 1, 1, 0, 0), bench.View.Map);
    }

    [Fact]
    public void Pause_EveryCall_IsUnavailableUntilResumed()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        bench.Store.Pause();
        Assert.Throws<MasterUnavailableException>(() => bench.View);
        bench.Store.Resume();
        Assert.NotNull(bench.View);
    }

    [Fact]
    public void Worker_SilentForThirtySeconds_IsLostUntilForgotten()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        StoreBench.Now(bench.Store.RegisterAsync(new WorkerRegistration("w1", 1, null), 1, default));
        bench.Tick(TimeSpan.FromSeconds(29));
        Assert.Empty(bench.Reap().LostWorkers);
        bench.Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(["w1"], bench.Reap().LostWorkers);
        StoreBench.Now(bench.Store.ForgetWorkerAsync("w1", default));
        Assert.Empty(bench.Reap().LostWorkers);
    }

    [Fact]
    public void Worker_Deregistered_IsLostAtOnce()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        StoreBench.Now(bench.Store.RegisterAsync(new WorkerRegistration("w1", 1, null), 1, default));
        StoreBench.Now(bench.Store.DeregisterAsync("w1", default));
        Assert.Equal(["w1"], bench.Reap().LostWorkers);
    }

    [Fact]
    public void Worker_RegisteredAgain_IsNotForgotten()
    {
        var bench = new StoreBench(new StepSize(false, 1, 1));
        StoreBench.Now(bench.Store.RegisterAsync(new WorkerRegistration("w1", 1, null), 1, default));
        StoreBench.Now(bench.Store.ForgetWorkerAsync("w1", default));
        Assert.True(Assert.Single(StoreBench.Now(bench.Store.WorkersAsync(default))).IsLive);
    }
}
