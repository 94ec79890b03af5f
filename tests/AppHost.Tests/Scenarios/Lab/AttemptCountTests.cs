namespace AppHost.Tests.Scenarios.Lab;

/// <summary>The lab's job count: while nothing fails and nothing lags, each task runs once.</summary>
[Collection(ClusterTests.Name)]
public sealed class AttemptCountTests(TestCluster cluster)
{
    private const int Maps = 8;

    [Fact]
    public async Task Maps_NothingFails_RunExactlyOnceEach()
    {
        var options = new Dictionary<string, string> { ["marks"] = cluster.NewFolder("marks") };
        var job = await cluster.RunAsync("jobcount", [cluster.Lines("counted", Maps)], options);
        Assert.Equal((Maps, 0), (job.Number("attempts"), job.Status.Attempts.Backup));
    }
}
