using MapReduce.Protocol;

namespace MapReduce.Tests.Worker;

public class WorkerDrainTests
{
    [Fact]
    public void Run_MasterDrains_ClaimsNoMore()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Master.Registered = new RegisterAnswer(IsDraining: true, "epoch");
        worker.Advance(5);
        worker.Runner.Complete();
        Assert.Equal((0, false), (worker.Master.ExchangedMax.Single(), worker.Master.IsClaiming));
    }

    [Fact]
    public void Run_MasterDrainsAsItGrants_GivesTheTaskBack()
    {
        using var worker = new WorkerFixture().Start();
        worker.Master.Registered = new RegisterAnswer(IsDraining: true, "epoch");
        worker.Advance(5);
        worker.Master.Grant(WorkerFixture.Lease());
        Assert.Equal((1, 0), (worker.Master.CountOf("release 1.a"), worker.Runner.Running.Count));
    }

    [Fact]
    public void Run_MasterResumes_ClaimsAgain()
    {
        using var worker = new WorkerFixture();
        worker.Master.Registered = new RegisterAnswer(IsDraining: true, "epoch");
        worker.Start();
        worker.Master.Registered = new RegisterAnswer(IsDraining: false, "epoch");
        worker.Advance(5);
        Assert.True(worker.Master.IsClaiming);
    }

    [Fact]
    public void Run_RunnerRefuses_ClaimsNothing()
    {
        using var worker = new WorkerFixture();
        worker.Runner.Refusal = "disk full";
        worker.Start();
        worker.Advance(60);
        Assert.Equal(0, worker.Master.CountOf("claim"));
    }

    [Fact]
    public void Run_RunnerRefusesNoMore_ClaimsWithinSeconds()
    {
        using var worker = new WorkerFixture();
        worker.Runner.Refusal = "disk full";
        worker.Start();
        worker.Runner.Refusal = null;
        worker.Advance(5);
        Assert.True(worker.Master.IsClaiming);
    }

    [Fact]
    public void Linger_JobRuns_KeepsItsRegistration()
    {
        using var worker = new WorkerFixture { Linger = TimeSpan.FromSeconds(60) }.Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        worker.Drain();
        worker.Master.Calls.Clear();
        worker.Advance(5);
        Assert.Equal((false, 1, 0), (worker.Run.IsCompleted, worker.Master.CountOf("register"), worker.Master.CountOf("claim")));
    }

    [Fact]
    public void Linger_JobEnds_Leaves()
    {
        using var worker = new WorkerFixture { Linger = TimeSpan.FromSeconds(60) }.Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        worker.Drain();
        worker.Master.Ended.Add("j1");
        worker.Advance(5);
        Assert.Equal((true, "deregister"), (worker.Run.IsCompletedSuccessfully, worker.Master.Calls[^1]));
    }

    [Fact]
    public void Linger_TimeIsUp_Leaves()
    {
        using var worker = new WorkerFixture { Linger = TimeSpan.FromSeconds(60) }.Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        worker.Advance(2);
        worker.Drain();
        for (var i = 0; i < 60; i++) worker.Advance(1);
        Assert.True(worker.Run.IsCompletedSuccessfully);
    }

    [Fact]
    public void Linger_Stopped_LeavesAtOnce()
    {
        using var worker = new WorkerFixture { Linger = TimeSpan.FromSeconds(60) }.Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        worker.Drain();
        worker.Stop();
        Assert.True(worker.Run.IsCompletedSuccessfully);
    }

    [Fact]
    public void Linger_HoldsNothing_LeavesAtOnce()
    {
        using var worker = new WorkerFixture { Linger = TimeSpan.FromSeconds(60) }.Start();
        worker.Advance(2);
        worker.Drain();
        Assert.True(worker.Run.IsCompletedSuccessfully);
    }

    [Fact]
    public void Drain_ClaimJustSent_GivesBackWhatItBrings()
    {
        using var worker = new WorkerFixture().Start();
        worker.Drain();
        worker.Master.Grant(WorkerFixture.Lease());
        Assert.Equal((1, 0, true), (worker.Master.CountOf("release 1.a"), worker.Runner.Running.Count, worker.Run.IsCompletedSuccessfully));
    }

    [Fact]
    public void Drain_ClaimJustSentStaysUnanswered_LeavesWithinASecond()
    {
        using var worker = new WorkerFixture().Start();
        worker.Drain();
        worker.Advance(1);
        Assert.True(worker.Run.IsCompletedSuccessfully);
    }

    [Fact]
    public void Stop_ClaimJustSent_LeavesAtOnce()
    {
        using var worker = new WorkerFixture().Start();
        worker.Stop();
        Assert.True(worker.Run.IsCompletedSuccessfully);
    }
}
