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
    public async Task Run_PageRank_EqualsLocalRun()
    {
        var links = cluster.WriteLines("links", Enumerable.Range(0, 20_000).Select(number => $"page-{number * 7919L % 5_000} page-{number * 104_729L % 1_999}"));
        await JobRuns.CompareAsync(cluster.Command, cluster.NewFolder("run"), "pagerank", ["iterations=3"], links);
    }

    [Fact]
    public async Task Run_StepThatReadsTheInputAgain_IsWhatLinqGives()
    {
        string[] words = ["to", "be", "or", "not", "that", "is", "the", "question"];
        var lines = Enumerable.Range(0, 500).Select(number => $"{words[number % 8]} {words[number * number % 7]}").ToList();
        var job = await cluster.RunAsync("wc-twice", [cluster.WriteLines("words", lines)], with: spec => spec with { SplitSize = 1_000 });
        var expected = lines.SelectMany(line => line.Split(' ')).CountBy(word => word).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}\t{101 * pair.Value}");
        Assert.Equal(expected, Directory.GetFiles(job.Output, "part-r-*").Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines));
        Assert.Equal((2, 2), (job.Status.Step, job.Status.Steps));
    }

    [Fact]
    public async Task Run_OnlyAnEmptyFile_EqualsLocalRun()
    {
        var folder = cluster.NewFolder("empty");
        File.WriteAllText(Path.Combine(folder, "empty.txt"), "");
        await JobRuns.CompareAsync(cluster.Command, cluster.NewFolder("run"), "wordcount", [], folder);
    }
}
