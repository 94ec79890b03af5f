namespace Simulation;

/// <summary>Random schedules, for two minutes on all processors; <c>--help</c> of this project says how to run more of them.</summary>
[Collection(nameof(AllProcessors))]
public class ScenarioTests
{
    private const int Most = 1_000_000;

    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(2);

    [Fact]
    public void Run_TwoMinutesOfSeeds_KeepsEveryGuarantee()
    {
        var runs = new Runs(from: 0, count: Most, Budget, Environment.ProcessorCount);
        runs.Run();
        Assert.True(runs.Failure is null, runs.Failure is null ? null : Minimiser.Describe(runs.Failure));
        Assert.True(runs.Done > 1000, runs.Summary());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(297)]
    public void Run_SameSeed_GivesTheSameTrace(int seed) =>
        Assert.Equal(Trace(seed), Trace(seed));

    [Fact]
    public void Run_WithoutTrace_GoesTheSameWay() =>
        Assert.All(Enumerable.Range(0, 50), seed => Assert.Equal(Scenario.Run(seed, isTraced: true).Steps, Scenario.Run(seed).Steps));

    // A schedule that nothing ever happens in would prove nothing.
    [Theory]
    [InlineData("the store takes the announced")]
    [InlineData("claims a batch of")]
    [InlineData("network repeats")]
    [InlineData("is refused")]
    [InlineData("cancel: Cancelled")]
    [InlineData("cancel: TooLate")]
    [InlineData("outcome of job 1 (token")]
    [InlineData("outcome of job 2")]
    [InlineData("event Backup")]
    [InlineData("left or fell silent")]
    [InlineData("could not fetch it")]
    [InlineData("proved it corrupt")]
    [InlineData("output file is missing")]
    [InlineData("The disk is full")]
    public void Run_SomeSeed_ReachesIt(string what) =>
        Assert.Contains(Enumerable.Range(0, 2000), seed => Trace(seed).Contains(what, StringComparison.Ordinal));

    [Fact]
    public void Run_SomeSeed_StrikesEachBlow()
    {
        var left = Enum.GetNames<Faults.BlowKind>().ToHashSet();
        for (var seed = 0; seed < 2000 && left.Count > 0; seed++)
        {
            var trace = Trace(seed);
            left.RemoveWhere(kind => trace.Contains($"blow {kind}#", StringComparison.Ordinal));
        }

        Assert.Empty(left);
    }

    private static string Trace(int seed) => Scenario.Run(seed, isTraced: true).Trace.ToString();
}

/// <summary>Tests that use all processors for themselves.</summary>
[CollectionDefinition(nameof(AllProcessors), DisableParallelization = true)]
public class AllProcessors;
