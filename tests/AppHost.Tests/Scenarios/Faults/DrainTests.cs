using AppHost.Tests.Support;
using MapReduce.Protocol;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>Workers that are asked to leave in the middle of their work.</summary>
[Collection(SharedFaultCluster.Name)]
public sealed class DrainTests(FaultCluster cluster)
{
    [Fact]
    public async Task Drain_ByApi_FinishesServesAndClaimsNoMore()
    {
        await using var job = await cluster.SubmitAsync(maps: 5, openMaps: 2, holdReduces: true);
        await job.MapsAsync(done: 2, waiting: 3);
        var worker = (await job.RunningAsync(TaskKind.Map))[0].WorkerId;
        await cluster.Client.DrainAsync(worker);
        // It hears of it with its next registration, and registers at least every five seconds.
        await Eventually.HoldsAsync(async () => await IsDrainingSinceAsync(worker), "the worker has registered since");

        job.OpenMaps();
        await job.ReducesAsync(done: 0, waiting: 3);

        Assert.DoesNotContain(await job.RunningAsync(TaskKind.Reduce), attempt => attempt.WorkerId == worker);
        AssertNoFailure(await job.EndAsync());
        await cluster.Client.ResumeAsync(worker);
    }

    [Fact]
    public async Task Terminate_InTheMiddleOfMaps_FinishesServesAndLeaves()
    {
        await using var job = await cluster.SubmitAsync(maps: 5, openMaps: 2, holdReduces: true);
        await job.MapsAsync(done: 2, waiting: 3);
        var worker = (await job.RunningAsync(TaskKind.Map))[0].WorkerId;
        Signals.Send("TERM", cluster.WorkerPid(worker));

        job.OpenMaps();
        await job.ReducesAsync(done: 0, waiting: 3);

        AssertNoFailure(await job.EndAsync());
        await cluster.GoneAsync(worker);
        await Eventually.HoldsAsync(
            async () => (await cluster.Client.WorkersAsync()).All(each => each.Registration.Id != worker || !each.IsLive), "the worker has taken leave");
    }

    private async Task<bool> IsDrainingSinceAsync(string worker)
    {
        var view = await cluster.Client.WorkerAsync(worker);
        if (!view.IsDraining) return false;
        var age = view.Age;
        // Younger than a moment ago: it has registered in between.
        await Eventually.HoldsAsync(async () => (await cluster.Client.WorkerAsync(worker)) is var now && (now.Age < age || (age = now.Age) < TimeSpan.Zero), "the worker registers");
        return true;
    }

    private static void AssertNoFailure(JobStatus status) => Assert.Equal((0, 0), (status.Attempts.Failed, status.Attempts.Lost));
}
