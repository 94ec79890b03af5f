using AppHost.Tests.Support;
using MapReduce.Protocol;

namespace AppHost.Tests.Scenarios.Jobs;

/// <summary>Clusters of two masters over one Redis, whose map outputs travel over HTTP.</summary>
[Collection(SharedReplicatedCluster.Name)]
public sealed class ReplicatedMasterTests(ReplicatedCluster replicated)
{
    // More than 200 splits of 64 KiB: the job lasts long enough to lose a master.
    private const int NumberOfLines = 300_000, Seed = 5;

    private TestCluster Cluster => replicated.Cluster;

    [Theory]
    [MemberData(nameof(JobRuns.All), MemberType = typeof(JobRuns))]
    public Task Run_MapOutputsOverHttp_EqualsLocalRun(string job, string[] settings) =>
        JobRuns.CompareAsync(Cluster.Command, Cluster.NewFolder("run"), job, settings);

    [Fact]
    public async Task Run_OneOfTwoMastersKilled_EqualsLocalRun()
    {
        // A cluster of its own, as the killed master does not come back. The command follows that master, and the workers ask it first.
        await using var cluster = await TestCluster.StartAsync(slots: 2, masters: 2);
        var (folder, input) = (cluster.NewFolder("out"), cluster.WriteLines("numbers", ManyNumbers()));
        string[] Run(string output) => ["run", "sort", input, "--output", Path.Combine(folder, output), "--reducers", "2", "--split-size", "64KiB"];
        await using var run = Command.Of(cluster.Cluster, cluster.Cluster.Masters.Reverse()).Start(Run("cluster"));
        await Eventually.HoldsAsync(async () => (await cluster.Client.ListAsync()).Jobs is [var job] && MapsDone(job) > 0, "the job is in the middle of its maps");

        await cluster.Cluster.KillMasterAsync(2);

        Assert.True(await run.ExitAsync() == 0, $"{run.Output}\n{cluster.Cluster.Output}");
        await Command.Local.RunAsync(Run("local"));
        Assert.Equal(Parts(folder, "local"), Parts(folder, "cluster"));
    }

    private static IEnumerable<string> ManyNumbers()
    {
        var random = new Random(Seed);
        return Enumerable.Range(0, NumberOfLines).Select(_ => $"{random.Next():D10} a line that is long enough to make work");
    }

    private static int MapsDone(JobStatus job) => job is { State: JobState.Mapping } && job.Tasks.TryGetValue(TaskKind.Map, out var maps) ? maps.Done : 0;

    private static IEnumerable<string> Parts(string folder, string output) => new Finished(null!, Path.Combine(folder, output)).Parts.SelectMany(File.ReadLines);
}
