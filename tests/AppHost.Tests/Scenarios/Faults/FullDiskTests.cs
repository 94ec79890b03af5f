using AppHost.Tests.Support;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>The disk of one worker is full: it fails what it runs, and takes no more; the others do it.</summary>
[Collection(SharedFaultCluster.Name)]
public sealed class FullDiskTests(FaultCluster cluster)
{
    [Fact]
    public async Task Fill_InTheMiddleOfMaps_EndsOnTheOtherWorkers()
    {
        await using var small = await SmallDiskWorker.StartAsync(cluster);
        // As many as all slots, so that the small worker has its share.
        await using var job = await cluster.SubmitAsync(maps: (FaultCluster.Workers * FaultCluster.Slots) + SmallDiskWorker.Slots);
        await Eventually.HoldsAsync(async () => (await RunningAsync(job, small)).Count == SmallDiskWorker.Slots, "the worker with the small disk has its share");
        var victims = await RunningAsync(job, small);

        small.Fill();
        await job.EndAsync();

        var ledger = await job.LedgerAsync();
        var failed = ledger.Where(each => each.Kind == AttemptEventKind.Failed).ToList();
        Assert.Equal(victims.Select(attempt => attempt.Token).Order(), failed.Select(attempt => attempt.Token).Order());
        Assert.All(failed, attempt => Assert.Contains("disk is full", attempt.Message, StringComparison.Ordinal));
        var last = failed.Max(attempt => attempt.Id);
        Assert.DoesNotContain(ledger, attempt => attempt.Id > last && attempt.WorkerId == small.Id && attempt.Kind == AttemptEventKind.Granted);
    }

    private static async Task<IReadOnlyList<AttemptEvent>> RunningAsync(GateRun job, SmallDiskWorker worker) =>
        [.. (await job.RunningAsync(TaskKind.Map)).Where(attempt => attempt.WorkerId == worker.Id)];
}
