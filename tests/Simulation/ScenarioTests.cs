namespace Simulation;

public class ScenarioTests
{
    private const int Seeds = 1000, Block = 100;

    public static TheoryData<int> Blocks => new(Enumerable.Range(0, Seeds / Block).Select(block => block * Block));

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Run_AnySeed_KeepsEveryGuarantee(int first)
    {
        for (var seed = first; seed < first + Block; seed++)
        {
            var result = Scenario.Run(seed);
            Assert.True(result.Failure is null, result.Describe());
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(297)]
    public void Run_SameSeed_GivesTheSameTrace(int seed) =>
        Assert.Equal(Scenario.Run(seed).Trace.ToString(), Scenario.Run(seed).Trace.ToString());

    [Theory]
    [InlineData("store takes the announced")]
    [InlineData("claims a batch of")]
    [InlineData("master drains")]
    public void Run_SomeSeed_ReachesIt(string what) =>
        Assert.Contains(Enumerable.Range(0, 300), seed => Scenario.Run(seed).Trace.ToString().Contains(what, StringComparison.Ordinal));
}
