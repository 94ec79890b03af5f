using MapReduce.Protocol;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Hosting;

public sealed class ClusterWorkerTests : IAsyncLifetime
{
    private InProcessCluster _cluster = null!;

    public Task InitializeAsync()
    {
        _cluster = InProcessCluster.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Run_WordCountOnThreeWorkers_CountsAcrossThem()
    {
        for (var i = 0; i < 12; i++) _cluster.Input($"{i}.txt", "to be or not to be\nthat is the question\n");
        for (var i = 0; i < 3; i++) await _cluster.StartWorkerAsync();
        var status = await _cluster.RunAsync("wordcount", splitSize: 39);
        Assert.Equal((JobState.Succeeded, null), (status.State, status.Error));
        Assert.Equal(["be\t24", "is\t12", "not\t12", "or\t12", "question\t12", "that\t12", "the\t12", "to\t24"], _cluster.Lines());
    }

    [Fact]
    public async Task Run_JobOfTrustedAssembly_RunsIt()
    {
        var input = _cluster.Input("a.txt", "a b a\n");
        await _cluster.StartWorkerAsync(options => options.JobAssemblies = [Path.Combine(AppContext.BaseDirectory, "MapReduce.TestJobs.dll")]);
        var status = await _cluster.RunAsync(new JobSpec { Job = "wc", Inputs = [input], Output = _cluster.Output, MemoryPerSlot = 16 << 20, Steps = [new StepShape(HasReduce: true, IsSampled: false, Folds: false)] });
        Assert.Equal((JobState.Succeeded, null), (status.State, status.Error));
        Assert.Equal(["a\t2", "b\t1"], _cluster.Lines());
    }
}
