using MapReduce.Counters;
using MapReduce.Protocol;

namespace MapReduce.Tests.Worker;

public class AnnouncementTests
{
    private static readonly OutputFile Beside = new("errors-m-00000", 3, 1, 9);

    [Fact]
    public void Register_NewEpoch_AnnouncesMapOutputs()
    {
        using var worker = Mapped();
        worker.Master.Registered = new RegisterAnswer(false, "another");
        worker.Advance(5);
        var announced = Assert.Single(worker.Master.Announced);
        Assert.Equal((new LeaseRef("j1", new TaskId(0, TaskKind.Map, 0), "1.a"), "print", 7L, 2L), (announced.Output, announced.Fingerprint, announced.Result.Bytes, announced.Result.Counters["WORDS"]));
        Assert.Equal(Beside, Assert.Single(announced.Result.Files));
    }

    [Fact]
    public void Register_SameEpoch_AnnouncesNothing()
    {
        using var worker = Mapped();
        worker.Advance(60);
        Assert.Empty(worker.Master.Announced);
    }

    [Fact]
    public void Register_NewEpoch_AnnouncesOnce()
    {
        using var worker = Mapped();
        worker.Master.Registered = new RegisterAnswer(false, "another");
        worker.Advance(60);
        Assert.Single(worker.Master.Announced);
    }

    [Fact]
    public void Register_JobEnded_AnnouncesNothing()
    {
        using var worker = Mapped();
        worker.Master.Ended.Add("j1");
        worker.Advance(5);
        worker.Master.Registered = new RegisterAnswer(false, "another");
        worker.Advance(5);
        Assert.Empty(worker.Master.Announced);
    }

    [Fact]
    public void Register_OutputWasStale_AnnouncesNothing()
    {
        using var worker = new WorkerFixture();
        worker.Master.OnComplete = () => CompleteAnswer.Stale;
        worker.Start(WorkerFixture.Lease());
        worker.Runner.Complete();
        worker.Master.Registered = new RegisterAnswer(false, "another");
        worker.Advance(5);
        Assert.Empty(worker.Master.Announced);
    }

    [Fact]
    public void Run_MasterAwayForThreeMinutes_RunsOnAndRenewsFirst()
    {
        using var worker = new WorkerFixture(slots: 2).Start(WorkerFixture.Lease(0, "1.a"), WorkerFixture.Lease(1, "1.b"));
        worker.Master.IsAway = true;
        for (var i = 0; i < 180; i++)
        {
            worker.Advance(1);
            foreach (var progress in worker.Runner.Progress.Values) progress.Add(1, 1);
        }
        worker.Master.IsAway = false;
        worker.Master.Calls.Clear();
        // A third of the lease: the master grants the time of a whole one before it gives anything up.
        worker.Advance(3);
        Assert.Equal((1, 1, 0), (worker.Master.CountOf("renew 1.a,1.b"), worker.Master.CountOf("register"), worker.Runner.Running.Values.Count(run => run.Task.IsCompleted)));
    }

    private static WorkerFixture Mapped()
    {
        var worker = new WorkerFixture().Start(WorkerFixture.Lease() with { Fingerprint = "print" });
        var counters = new CounterSet();
        counters.Add("WORDS", 2);
        worker.Runner.Complete(result: new AttemptResult { Bytes = 7, Files = [Beside], Counters = counters });
        return worker;
    }
}
