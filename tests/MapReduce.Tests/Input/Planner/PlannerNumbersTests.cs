using MapReduce.Protocol;

namespace MapReduce.Tests.Input.Planner;

public class PlannerNumbersTests : PlannerTest
{
    public static TheoryData<string, Func<JobSpec, JobSpec>> Bad => new()
    {
        { "Reducers: -1", spec => spec with { Reducers = -1 } },
        { "Reducers: 65536", spec => spec with { Reducers = 65_536 } },
        { "Split size: -1", spec => spec with { SplitSize = -1 } },
        { "Memory per slot: 15MiB", spec => spec with { MemoryPerSlot = 15 << 20 } },
        { "Slots: 0", spec => spec with { Slots = 0 } },
        { "Priority: 0", spec => spec with { Priority = 0 } },
        { "Priority: 101", spec => spec with { Priority = 101 } },
        { "Attempts for each task: 0", spec => spec with { MaxAttempts = 0 } },
        { "Worker deaths for each task: 0", spec => spec with { MaxDeaths = 0 } },
        { "Lease: 00:00:00", spec => spec with { Lease = TimeSpan.Zero } },
        { "Lease: 00:00:00.0000001", spec => spec with { Lease = TimeSpan.FromTicks(1) } },
        { "Lease: 10675199.02:48:05.4775807", spec => spec with { Lease = TimeSpan.MaxValue } },
        { "Task timeout: 00:00:00", spec => spec with { TaskTimeout = TimeSpan.Zero } },
        { "Job timeout: 00:00:00", spec => spec with { JobTimeout = TimeSpan.Zero } },
        { "no steps", spec => spec with { Steps = [] } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Plan_BadNumber_IsRefusedNamingIt(string text, Func<JobSpec, JobSpec> change)
    {
        Folder.File("a");
        AssertRefused(change(Spec("a")), text);
    }

    [Theory]
    [InlineData(0, 3, false, 6)]
    [InlineData(0, 3, true, 3)]
    [InlineData(13, 3, true, 13)]
    [InlineData(0, 1, true, 1)]
    [InlineData(0, 60_000, false, 65_535)]
    public void Plan_StepThatReduces_HasReducers(int asked, int slots, bool folds, int reducers)
    {
        Folder.File("a");
        var spec = Spec("a") with { Reducers = asked, Slots = slots, Steps = [new StepShape(true, false, folds)] };
        Assert.Equal(reducers, Plan(spec).Reducers);
    }

    [Fact]
    public void Plan_MapOnlyStep_HasNoReducers()
    {
        Folder.File("a");
        Assert.Equal(0, Plan(Spec("a") with { Reducers = 7, Steps = [new StepShape(false, false, false)] }).Reducers);
    }

    [Fact]
    public void Plan_TooManyPairs_IsRefusedWithASplitSizeThatFits()
    {
        Folder.File("a", new string('x', 10_000));
        AssertRefused(Spec("a") with { Reducers = 50_000, SplitSize = 9 }, "use a split size of 1MiB or more");
    }

    [Fact]
    public void Plan_AsManyPairsAsMayBe_IsAccepted()
    {
        Folder.File("a", new string('x', 10_000));
        Assert.Equal(1000, Plan(Spec("a") with { Reducers = 50_000, SplitSize = 10 }).Splits.Count);
    }
}
