namespace AppHost.Tests.Scenarios.Jobs;

/// <summary>Every built-in job, started by the command: the cluster writes what a run without one writes, byte for byte.</summary>
[Collection(ClusterTests.Name)]
public sealed class BuiltInJobTests(TestCluster cluster)
{
    [Theory]
    [MemberData(nameof(JobRuns.All), MemberType = typeof(JobRuns))]
    public async Task Run_EdgeInputs_EqualsLocalRun(string job, string[] settings) =>
        await JobRuns.CompareAsync(cluster.Command, cluster.NewFolder("run"), job, settings);

    [Fact]
    public async Task Run_OnlyAnEmptyFile_EqualsLocalRun()
    {
        var folder = cluster.NewFolder("empty");
        File.WriteAllText(Path.Combine(folder, "empty.txt"), "");
        await JobRuns.CompareAsync(cluster.Command, cluster.NewFolder("run"), "wordcount", [], folder);
    }
}
