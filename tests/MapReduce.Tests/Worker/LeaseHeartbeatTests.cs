using MapReduce.Protocol;

namespace MapReduce.Tests.Worker;

public class LeaseHeartbeatTests
{
    [Fact]
    public void Heartbeat_ThirdOfLeasePassed_RenewsAllInOneCall()
    {
        using var worker = new WorkerFixture(slots: 2).Start(WorkerFixture.Lease(0, "1.a"), WorkerFixture.Lease(1, "1.b"));
        worker.Master.Calls.Clear();
        worker.Advance(3);
        Assert.Equal(["renew 1.a,1.b"], worker.Master.Calls);
    }

    [Fact]
    public void Heartbeat_ThreeLeasesLong_RenewsEveryThird()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        for (var i = 0; i < 270; i++) worker.Advance(0.1);
        // One to acknowledge, nine in 27 seconds.
        Assert.Equal(10, worker.Master.CountOf("renew"));
    }

    [Theory]
    [InlineData(0.25, 5)]
    [InlineData(60, 1)]
    public void Heartbeat_TimeGiven_RenewsAsOftenButNotBeyondThirdOfLease(double every, int renewals)
    {
        using var worker = new WorkerFixture(heartbeatEvery: TimeSpan.FromSeconds(every)).Start(WorkerFixture.Lease());
        // The one that acknowledges comes first.
        var before = worker.Master.CountOf("renew");
        for (var i = 0; i < (every < 3 ? 5 : 12); i++) worker.Advance(0.25);
        Assert.Equal(renewals, worker.Master.CountOf("renew") - before);
    }

    [Theory]
    [InlineData(RenewAnswer.Lost)]
    [InlineData(RenewAnswer.Cancel)]
    public void Heartbeat_LeaseGone_StopsAttemptWithoutReport(RenewAnswer answer)
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Master.OnRenew = _ => answer;
        worker.Advance(3);
        Assert.Equal((true, 0, 0), (worker.Runner.Running["1.a"].Task.IsCanceled, worker.Master.CountOf("fail"), worker.Master.CountOf("release")));
    }

    [Fact]
    public void Heartbeat_LeaseGoneButAttemptCompletes_DiscardsWithoutReport()
    {
        using var worker = new WorkerFixture();
        worker.Runner.IsDeaf = true;
        worker.Start(WorkerFixture.Lease());
        worker.Master.OnRenew = _ => RenewAnswer.Lost;
        worker.Advance(3);
        worker.Runner.Complete();
        Assert.Equal((0, 1), (worker.Master.CountOf("complete"), worker.Runner.Discarded.Count));
    }

    [Fact]
    public void Heartbeat_LostWhileCompletionUnanswered_KeepsFiles()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Master.OnComplete = () => throw new MasterUnavailableException("answer lost");
        worker.Master.OnRenew = _ => RenewAnswer.Lost;
        worker.Runner.Complete();
        worker.Advance(3);
        worker.Master.OnComplete = () => CompleteAnswer.Ok;
        worker.Advance(3);
        Assert.Empty(worker.Runner.Discarded);
    }

    [Fact]
    public void Heartbeat_MasterAway_KeepsComputing()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Master.IsAway = true;
        for (var i = 0; i < 600; i++) worker.Advance(0.1);
        Assert.False(worker.Runner.Running["1.a"].Task.IsCompleted);
    }

    [Fact]
    public void Heartbeat_MasterBackAfterLongAbsence_IsCalledWithinThirdOfLease()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Master.IsAway = true;
        for (var i = 0; i < 600; i++) worker.Advance(0.1);
        worker.Master.IsAway = false;
        worker.Master.Calls.Clear();
        worker.Advance(3);
        Assert.Contains("renew 1.a", worker.Master.Calls);
    }

    [Fact]
    public void Watch_NoProgressForTaskTimeout_FailsAsUser()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease(taskTimeout: TimeSpan.FromSeconds(30)));
        for (var i = 0; i < 12; i++) worker.Advance(3);
        Assert.Contains("no progress for 00:00:30", Assert.Single(worker.Master.Failures, failure => failure.Kind == FailureKind.User).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_Progress_LetsAttemptRunForEver()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease(taskTimeout: TimeSpan.FromSeconds(30)));
        for (var i = 0; i < 100; i++)
        {
            worker.Runner.Progress["1.a"].Add(0, 1);
            worker.Advance(3);
        }

        Assert.Empty(worker.Master.Failures);
    }

    [Fact]
    public void Watch_AttemptHeedsNothing_FreesItsSlot()
    {
        using var worker = new WorkerFixture();
        worker.Runner.IsDeaf = true;
        worker.Start(WorkerFixture.Lease(taskTimeout: TimeSpan.FromSeconds(30)));
        for (var i = 0; i < 12; i++) worker.Advance(3);
        Assert.True(worker.Master.IsClaiming);
    }

    [Fact]
    public void Watch_AbandonedAttemptEnds_DiscardsItsFiles()
    {
        using var worker = new WorkerFixture();
        worker.Runner.IsDeaf = true;
        worker.Start(WorkerFixture.Lease(taskTimeout: TimeSpan.FromSeconds(30)));
        for (var i = 0; i < 12; i++) worker.Advance(3);
        worker.Runner.Complete();
        Assert.Equal(["1.a"], worker.Runner.Discarded);
    }
}
