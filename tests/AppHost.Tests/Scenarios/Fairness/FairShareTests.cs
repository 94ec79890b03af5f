using AppHost.Tests.Support;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace AppHost.Tests.Scenarios.Fairness;

/// <summary>Jobs of equal priority get equal shares of the cluster.</summary>
[Collection(ClusterTests.Name)]
public sealed class FairShareTests(TestCluster cluster)
{
    private const int Tasks = 100;
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Slots_TwoEqualJobs_AreSharedEqually()
    {
        // Keeps every slot while the two are submitted: nothing is preempted, so that the first would have a head start.
        var before = await StartAsync("before", TestCluster.TotalSlots);
        await Eventually.HoldsAsync(async () => Running(await cluster.Client.StatusAsync(before.JobId)) == TestCluster.TotalSlots, "one job has all slots");
        var jobs = new[] { await StartAsync("left", Tasks), await StartAsync("right", Tasks) };

        var apart = await SampleAsync(jobs);
        var ends = await Task.WhenAll(jobs.Select(job => cluster.Client.WaitAsync(job.JobId)));

        Assert.All(ends, end => Assert.Equal(JobState.Succeeded, end.State));
        Assert.True(apart.Count >= 40, $"Only {apart.Count} samples: the jobs did not run side by side for long.");
        Assert.True(apart.Count(slots => slots <= 1) >= 0.95 * apart.Count, $"Running slots were this far apart: {string.Join(' ', apart)}");
    }

    private Task<JobStatus> StartAsync(string name, int tasks) => cluster.SubmitAsync(
        "nap", [cluster.Lines(name, tasks)], with: spec => spec with { Name = name, Reducers = 1 });

    /// <summary>How many more slots one job has than the other, while both have tasks that wait.</summary>
    private async Task<List<int>> SampleAsync(JobStatus[] jobs)
    {
        var apart = new List<int>();
        while (true)
        {
            var all = (await cluster.Client.ListAsync(new JobFilter())).Jobs;
            var now = jobs.Select(job => all.Single(other => other.JobId == job.JobId)).ToList();
            if (now.Any(status => status.State > JobState.Mapping || (status.State == JobState.Mapping && Waiting(status) == 0))) return apart;
            if (now.Any(status => Running(status) > 0)) apart.Add(Math.Abs(Running(now[0]) - Running(now[1])));
            await Task.Delay(SampleEvery, TimeProvider.System);
        }
    }

    private static int Running(JobStatus status) => status.Tasks.TryGetValue(TaskKind.Map, out var maps) ? maps.Running : 0;

    private static int Waiting(JobStatus status) => status.Tasks[TaskKind.Map] is var maps ? maps.Total - maps.Running - maps.Done : 0;
}
