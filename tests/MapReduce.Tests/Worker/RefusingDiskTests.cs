using MapReduce.Protocol;

namespace MapReduce.Tests.Worker;

public class RefusingDiskTests
{
    private static readonly IOException NotEmpty = new("Directory not empty");

    [Fact]
    public void Run_StaleAttemptCannotBeDeleted_WorksOn()
    {
        using var worker = new WorkerFixture();
        worker.Master.OnComplete = () => CompleteAnswer.Stale;
        worker.Runner.DiskRefusal = NotEmpty;
        worker.Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        worker.Master.Grant(WorkerFixture.Lease(1, "1.b"));
        Assert.False(worker.Run.IsCompleted);
    }

    [Fact]
    public void Run_LostAttemptCannotBeDeleted_WorksOn()
    {
        using var worker = new WorkerFixture { Runner = { IsDeaf = true, DiskRefusal = NotEmpty } };
        worker.Start(WorkerFixture.Lease());
        worker.Master.OnRenew = _ => RenewAnswer.Lost;
        worker.Advance(3);
        worker.Runner.Complete();
        Assert.True(worker.Master.IsClaiming);
    }

    [Fact]
    public void Sweep_EndedJobCannotBeDeleted_TriesAgain()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        worker.Runner.DiskRefusal = NotEmpty;
        worker.Master.Ended.Add("j1");
        worker.Advance(5);
        worker.Runner.DiskRefusal = null;
        worker.Advance(5);
        Assert.Equal(["j1"], worker.Runner.DiscardedJobs);
    }
}
