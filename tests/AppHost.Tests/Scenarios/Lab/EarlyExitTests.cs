using AppHost.Tests.Support;
using MapReduce.Protocol;

namespace AppHost.Tests.Scenarios.Lab;

/// <summary>The lab's early exit: nothing of the output changes after the job was first said to have succeeded.</summary>
[Collection(ClusterTests.Name)]
public sealed class EarlyExitTests(TestCluster cluster)
{
    [Fact]
    public async Task Output_JobSaysSucceeded_IsFinal()
    {
        var texts = new LabTexts(cluster.NewFolder("texts"));
        var counts = texts.Counts.ToList();
        var options = new Dictionary<string, string> { ["slow"] = counts[0].Split('\t')[0] };
        var job = await cluster.SubmitAsync("early-exit", [texts.Folder], options, spec => spec with { SplitSize = LabTexts.Length, Reducers = 8 });

        // Asked again and again: an event would come later than the first moment.
        await Eventually.HoldsAsync(async () => (await cluster.Client.StatusAsync(job.JobId)).State >= JobState.Succeeded, "the job ends");
        var first = Snapshot.Of(job.Output);

        await cluster.QuietAsync(job.JobId);
        Assert.Equal(counts, new Finished(job, job.Output).Lines);
        Assert.Equal(first, Snapshot.Of(job.Output));
    }
}
