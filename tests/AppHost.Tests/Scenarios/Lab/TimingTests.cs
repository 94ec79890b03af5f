namespace AppHost.Tests.Scenarios.Lab;

/// <summary>The lab's checks of parallelism: tasks of different workers run at the same time.</summary>
[Collection(ClusterTests.Name)]
public sealed class TimingTests(TestCluster cluster)
{
    [Fact]
    public async Task Maps_ThreeWorkers_RunAtTheSameTimeOnSeveral()
    {
        var job = await cluster.RunAsync("mtiming", [cluster.Lines("maps", 12)], Options());
        Assert.True(job.Number("processes") >= 2, "No map task saw one of another worker.");
    }

    [Fact]
    public async Task Reduces_ThreeWorkers_RunAtTheSameTimeOnSeveral()
    {
        var job = await cluster.RunAsync("rtiming", [cluster.Lines("reduces", 12)], Options(), spec => spec with { Reducers = 12 });
        Assert.True(job.Lines.Max(line => int.Parse(line.Split('\t')[1])) >= 2, "No reduce task saw one of another worker.");
    }

    private Dictionary<string, string> Options() => new() { ["marks"] = cluster.NewFolder("marks") };
}
