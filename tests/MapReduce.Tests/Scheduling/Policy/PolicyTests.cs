using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Scheduling.Policy;

namespace MapReduce.Tests.Scheduling.Policy;

public class PolicyTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    [Fact]
    public void FairShare_EqualWeights_TakesTheJobWithFewerRunning() =>
        Assert.Equal("b", Next(View("a", running: 3), View("b", running: 2)));

    [Fact]
    public void FairShare_DoubleWeight_HasItsTurnUntilItRunsTwiceAsMany() =>
        Assert.Equal("b", Next(View("a", running: 3), View("b", running: 5, priority: 20)));

    [Fact]
    public void FairShare_Tie_TakesTheFirstSubmitted() =>
        Assert.Equal("a", Next(View("a", running: 2), View("b", running: 2)));

    [Fact]
    public void FairShare_Tie_KeepsTheJobThatTheSlotHad() =>
        Assert.Equal("b", Next("b", [View("a", running: 2), View("b", running: 2)]));

    [Fact]
    public void FairShare_JobThatTheSlotHadIsAhead_TakesTheOther() =>
        Assert.Equal("a", Next("b", [View("a", running: 2), View("b", running: 3)]));

    [Fact]
    public void FairShare_ManyTasks_EvensTheJobsOut() =>
        Assert.Equal([4, 1], Allot(5, null, View("a", running: 0), View("b", running: 3)).Select(job => job.Allotted));

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, false)]
    [InlineData(1, 3, true)]
    [InlineData(2, 4, false)]
    [InlineData(2, 5, true)]
    public void KeepOut_OnlyFewerThanHalfOfTheWorkers(int workers, int live, bool expected) =>
        Assert.Equal(expected, WorkerPolicy.MayKeepOut(workers, live));

    [Fact]
    public void Aside_ThreeFailuresInARow_IsSetAside() => Assert.True(IsAside(new FailingWorker("w1", 3, false, TimeSpan.Zero)));

    [Fact]
    public void Aside_TwoFailuresInARow_IsNot() => Assert.False(IsAside(new FailingWorker("w1", 2, false, TimeSpan.Zero)));

    [Fact]
    public void Aside_OwnFault_IsSetAsideAtOnce() => Assert.True(IsAside(new FailingWorker("w1", 0, true, TimeSpan.Zero)));

    [Fact]
    public void Aside_OneLeaseLater_IsTriedAgain() => Assert.False(IsAside(new FailingWorker("w1", 3, false, Lease)));

    [Fact]
    public void Aside_OtherWorkerFails_DoesNotTouchThisOne() => Assert.False(IsAside(new FailingWorker("w2", 3, false, TimeSpan.Zero)));

    [Fact]
    public void Aside_HalfOfTheWorkersFail_KeepsOutNone() =>
        Assert.False(IsAside(new FailingWorker("w1", 3, false, TimeSpan.Zero), new FailingWorker("w2", 3, false, TimeSpan.Zero)));

    [Fact]
    public void Backoff_DoublesAndStaysBelowItsLimit()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(125), RetryPolicy.Backoff(1, 0));
        Assert.Equal(TimeSpan.FromMilliseconds(500), RetryPolicy.Backoff(3, 0));
        Assert.Equal(TimeSpan.FromSeconds(15), RetryPolicy.Backoff(19, 0));
    }

    [Fact]
    public void Backup_EverythingPendingOrFewDone_IsClosed()
    {
        Assert.True(BackupPolicy.IsOpen(View("a") with { Map = new StageView(10, 10, 0, 1, 9) }));
        Assert.False(BackupPolicy.IsOpen(View("a") with { Map = new StageView(10, 9, 0, 1, 8) }));
        Assert.False(BackupPolicy.IsOpen(View("a") with { Map = new StageView(10, 10, 1, 1, 8) }));
        Assert.False(BackupPolicy.IsOpen(View("a") with { Map = new StageView(6, 6, 0, 2, 4) }));
    }

    [Theory]
    [InlineData(11, 0.5, 10, true)]
    [InlineData(9, 0.1, 1, false)]
    [InlineData(11, 0.9, 10, false)]
    [InlineData(14, 0, 10, false)]
    [InlineData(16, 0, 10, true)]
    // A stalled attempt of which the first byte of a huge split was read: more time than a TimeSpan holds.
    [InlineData(100_000, 1e-12, 10, true)]
    public void Backup_EstimatedBeyondOneAndAHalfMedians_IsChosen(double age, double fraction, double median, bool expected)
    {
        var run = Run(0, age, fraction);
        Assert.Equal(expected, BackupPolicy.Choose(new RunningView(TimeSpan.FromSeconds(median), [run]), Lease).Count == 1);
    }

    [Fact]
    public void Backup_TaskHasATwin_IsNotChosen()
    {
        var running = new RunningView(TimeSpan.FromSeconds(1), [Run(0, 60, 0), Run(0, 20, 0)]);
        Assert.Empty(BackupPolicy.Choose(running, Lease));
    }

    [Fact]
    public void Backup_SeveralStragglers_TheSlowestFirst()
    {
        var running = new RunningView(TimeSpan.FromSeconds(1), [Run(0, 20, 0.5), Run(1, 20, 0.1)]);
        Assert.Equal([1, 0], BackupPolicy.Choose(running, Lease).Select(task => task.Index));
    }

    [Fact]
    public void Blame_MostWorkersUnreachable_FallsOnTheReader()
    {
        var judged = FetchBlame.Judge(Fetch(0, 1), fetch => $"w{fetch.Map}", Workers);
        Assert.Equal((FailureKind.Worker, 0), (judged.Kind, judged.FetchFailures!.Count));
    }

    [Fact]
    public void Blame_FewWorkersUnreachable_StaysWithTheOutputs()
    {
        var failure = Fetch(0);
        Assert.Same(failure, FetchBlame.Judge(failure, fetch => $"w{fetch.Map}", Workers));
    }

    // Their workers were reached, and said so: nothing else would ever bring these outputs back.
    [Fact]
    public void Blame_OutputsOfMostWorkersAreGone_StaysWithTheOutputs()
    {
        var failure = new AttemptFailure(FailureKind.Fetch, "gone", FetchFailures: [.. Enumerable.Range(0, 3).Select(map => new FetchFailure(map, "1.0", FetchFault.Gone))]);
        Assert.Same(failure, FetchBlame.Judge(failure, fetch => $"w{fetch.Map}", Workers));
    }

    [Fact]
    public void Blame_ReaderCutOff_StillTellsWhatIsGone()
    {
        var gone = new FetchFailure(3, "1.0", FetchFault.Gone);
        var failure = Fetch(0, 1);
        var judged = FetchBlame.Judge(failure with { FetchFailures = [.. failure.FetchFailures!, gone] }, fetch => $"w{fetch.Map}", Workers);
        Assert.Equal((FailureKind.Worker, gone), (judged.Kind, Assert.Single(judged.FetchFailures!)));
    }

    // Such as a worker whose registration the store lost, or that died: nothing else would ever bring its outputs back.
    [Fact]
    public void Blame_UnreachableWorkersAreNotKnownToLive_StaysWithTheOutputs()
    {
        var failure = Fetch(3, 4, 5);
        Assert.Same(failure, FetchBlame.Judge(failure, fetch => $"w{fetch.Map}", Workers));
    }

    private static string[] Workers => ["w0", "w1", "w2"];

    private static string Next(params JobView[] jobs) => Next(null, jobs);

    private static string Next(string? preferred, JobView[] jobs) => Allot(1, preferred, jobs).Single(job => job.Allotted == 1).Job.Shape.JobId;

    private static List<FairShare.Candidate> Allot(int count, string? preferred, params JobView[] jobs)
    {
        List<FairShare.Candidate> candidates = [.. jobs.Select(job => new FairShare.Candidate(job))];
        FairShare.Allot(candidates, count, preferred);
        return candidates;
    }

    private static bool IsAside(params FailingWorker[] failing) =>
        WorkerPolicy.IsAside(View("a") with { FailingWorkers = failing }, "w1", liveWorkers: 4);

    private static AttemptFailure Fetch(params int[] maps) =>
        new(FailureKind.Fetch, "unreachable", FetchFailures: [.. maps.Select(map => new FetchFailure(map, "1.0", FetchFault.Unreachable))]);

    private static RunView Run(int task, double age, double fraction) => new(
        new TaskId(0, TaskKind.Map, task), "1.0", "w1", TimeSpan.FromSeconds(age), false, new AttemptSnapshot(fraction, 0, "read"));

    private static JobView View(string jobId, int running = 0, int priority = 10) => new()
    {
        Shape = new JobShape { JobId = jobId, Fingerprint = "f", Steps = [], Lease = Lease, MaxAttempts = 4, MaxDeaths = 4, Priority = priority, SubmittedAt = default },
        State = JobState.Mapping,
        Step = 0,
        Claimable = TaskKind.Map,
        Sample = default,
        Map = default,
        Reduce = default,
        Running = running,
        Attempts = default,
        Age = default,
    };
}
