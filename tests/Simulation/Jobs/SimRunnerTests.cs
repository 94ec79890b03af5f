using MapReduce.Protocol;
using Simulation.Faults;

namespace Simulation.Jobs;

public class SimRunnerTests
{
    private static readonly FaultProfile Calm = FaultProfile.Calm;
    private static readonly TinyJob Group = TinyJob.Named("group-1"), MapOnly = TinyJob.Named("map-only-1");

    public static TheoryData<string> Names => TinyJobTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_EachJobInCalm_WritesAndCountsWhatASequentialRunDoes(string name)
    {
        var fixture = new RunnerFixture(TinyJob.Named(name), Calm);
        fixture.RunAll();
        Assert.True(fixture.Job.IsRight(fixture.Parts));
        Assert.Equal(fixture.Job.Counters, fixture.Counters);
        Assert.True(fixture.Now > TimeSpan.Zero);
    }

    [Fact]
    public void Run_CodeThatFails_FailsThreeTimesAndLeavesNothing()
    {
        var fixture = new RunnerFixture(Group, FaultProfile.Only(Fault.AttemptFailure, 1));
        for (var i = 0; i < 3; i++)
        {
            var failure = fixture.Fail(fixture.Map(0));
            Assert.Equal(FailureKind.User, failure.Kind);
            Assert.Contains("user code threw", failure.Message, StringComparison.Ordinal);
        }

        Assert.Empty(fixture.Left);
        fixture.Run(fixture.Map(0));
    }

    [Theory]
    [InlineData("fold-0"), InlineData("sort-6"), InlineData("token-map-3")]
    public void Run_PoisonedMap_AlwaysFails(string name)
    {
        var fixture = new RunnerFixture(TinyJob.Named(name), FaultProfile.Only(Fault.Poison, 1));
        for (var i = 0; i < 5; i++) Assert.Contains("poisoned record", fixture.Fail(fixture.Map(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MapOutputsThatRot_AreNamedByTheReduce()
    {
        var fixture = new RunnerFixture(Group, FaultProfile.Only(Fault.Corruption, 1));
        for (var map = 0; map < 3; map++) fixture.Run(fixture.Map(map));
        var failure = fixture.Fail(fixture.Reduce(0));
        Assert.Equal(FailureKind.Fetch, failure.Kind);
        Assert.Contains(failure.FetchFailures!, fetch => fetch.Fault == FetchFault.Corrupt);
    }

    [Fact]
    public void Run_WorkerOutOfReach_ItsMapOutputsAreUnreachable()
    {
        var fixture = new RunnerFixture(Group, Calm) { Reachable = "w2" };
        fixture.Run(fixture.Map(0));
        fixture.Run(fixture.Map(1));
        Assert.Equal([(0, FetchFault.Unreachable), (1, FetchFault.Unreachable)], fixture.Fail(fixture.Reduce(0)).FetchFailures!.Select(fetch => (fetch.Map, fetch.Fault)));
    }

    [Theory]
    [InlineData(0.01), InlineData(0.1), InlineData(0.3), InlineData(0.5)]
    public async Task Run_Cancelled_StopsAndLeavesNothing(double seconds)
    {
        var fixture = new RunnerFixture(MapOnly, Calm);
        using var stop = new CancellationTokenSource();
        fixture.At(seconds, stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Start(fixture.Map(0), stop.Token));
        Assert.Empty(fixture.Left);
    }

    [Fact]
    public void Run_SlowCode_StallsLongerThanItMayThreeTimes()
    {
        var fixture = new RunnerFixture(MapOnly, FaultProfile.Only(Fault.Straggler, 1));
        for (var attempts = 0; attempts < 200; attempts++)
        {
            var (before, failures) = (fixture.Now, fixture.Failures);
            var lease = fixture.Map(0);
            _ = fixture.Start(lease);
            if (fixture.Failures > failures) Assert.True(fixture.Now - before > lease.Spec.TaskTimeout);
        }

        Assert.Equal(3, fixture.Failures);
    }
}
