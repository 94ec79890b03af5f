using MapReduce.Local;
using MapReduce.Protocol;

namespace MapReduce.Tests.Local;

public sealed class OwnJobTests : IDisposable
{
    private readonly LocalFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Run_PlanAndPaths_CountsWords()
    {
        var status = await LocalCluster.RunAsync(LocalFixture.WordCount(), [Path.Combine(_fixture.Root, "in")], _fixture.Output);
        Assert.Equal(JobState.Succeeded, status.State);
        var lines = Directory.GetFiles(_fixture.Output, "part-*").SelectMany(File.ReadAllLines).Order(StringComparer.Ordinal);
        Assert.Equal(LocalFixture.Expected, string.Concat(lines.Select(line => line + "\n")));
    }

    [Fact]
    public async Task Run_MoreMemoryThanTheMachineHas_IsRefusedBeforeItBegins()
    {
        var plan = LocalFixture.WordCount();
        var spec = _fixture.Spec(plan) with { MemoryPerSlot = 1L << 60 };
        var refused = await Assert.ThrowsAsync<JobRejectedException>(() => LocalCluster.RunAsync(plan, spec, new LocalClusterOptions(), null, CancellationToken.None));
        Assert.Contains("less memory for each", refused.Message, StringComparison.Ordinal);
    }
}
