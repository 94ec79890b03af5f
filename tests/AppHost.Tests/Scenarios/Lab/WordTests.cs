using MapReduce.Protocol;
using MapReduce.TestJobs;

namespace AppHost.Tests.Scenarios.Lab;

/// <summary>The lab's first two checks: a distributed run gives what a sequential program gives.</summary>
[Collection(ClusterTests.Name)]
public sealed class WordTests(TestCluster cluster)
{
    [Fact]
    public async Task WordCount_ThreeWorkers_EqualsSequentialCount()
    {
        var texts = new LabTexts(cluster.NewFolder("texts"));
        var job = await cluster.RunAsync("wc", [texts.Folder], with: Lab);
        Assert.Equal(texts.Counts, job.Lines);
    }

    [Fact]
    public async Task Indexer_ThreeWorkers_EqualsSequentialIndex()
    {
        var texts = new LabTexts(cluster.NewFolder("texts"));
        var job = await cluster.RunAsync("indexer", [texts.Folder], with: Lab);
        Assert.Equal(texts.Index, job.Lines);
    }

    private static JobSpec Lab(JobSpec spec) => spec with { SplitSize = LabTexts.Length, Reducers = 10 };
}
