using AppHost.Tests.Support;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>Workers that are killed, or fall silent and come back.</summary>
[Collection(SharedFaultCluster.Name)]
public sealed class WorkerLossTests(FaultCluster cluster)
{
    // A master looks every second, and idle workers hear of a task within a probe of 250 ms.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task Kill_InTheMiddleOfMaps_RunsItsMapsElsewhereInTime()
    {
        await using var job = await cluster.SubmitAsync(maps: 6, openMaps: 2);
        await job.MapsAsync(done: 2, waiting: 4);
        await KillOneAsync(job, TaskKind.Map);
        await job.EndAsync();
    }

    [Fact]
    public async Task Kill_InTheMiddleOfReduces_RunsItsReducesElsewhereInTime()
    {
        await using var job = await cluster.SubmitAsync(maps: 4, openMaps: 4, holdReduces: true, reducers: 4);
        await job.ReducesAsync(done: 0, waiting: 4);
        await KillOneAsync(job, TaskKind.Reduce);
        await job.EndAsync();
    }

    [Fact]
    public async Task Pause_LongerThanTheLease_ReportsStaleAndDropsItsFiles()
    {
        await using var job = await cluster.SubmitAsync(maps: 4, openMaps: 1, holdReduces: true);
        await job.MapsAsync(done: 1, waiting: 3);
        var worker = (await job.RunningAsync(TaskKind.Map))[0].WorkerId;
        var paused = (await job.RunningAsync(TaskKind.Map)).Where(attempt => attempt.WorkerId == worker).ToList();
        var pid = cluster.WorkerPid(worker);

        Signals.Send("STOP", pid);
        try
        {
            await LostAsync(job, paused);
            job.OpenMaps();
            await Eventually.HoldsAsync(async () => (await job.StatusAsync()).Tasks[TaskKind.Map].Done == 4, "the maps are done elsewhere");
        }
        finally
        {
            Signals.Send("CONT", pid);
        }

        await Eventually.HoldsAsync(() => paused.All(attempt => !Directory.Exists(job.AttemptFolder(attempt))), "the files of the late attempts are dropped");
        var won = (await job.LedgerAsync(AttemptEventKind.Committed)).Where(attempt => attempt.Task.Kind == TaskKind.Map).ToList();
        Assert.Equal(4, won.Select(attempt => attempt.Task).Distinct().Count());
        Assert.DoesNotContain(won, attempt => paused.Any(late => late.Token == attempt.Token));
        await job.EndAsync();
    }

    private async Task KillOneAsync(GateRun job, TaskKind kind)
    {
        await cluster.WatchedAsync();
        var running = await job.RunningAsync(kind);
        var victims = running.Where(attempt => attempt.WorkerId == running[0].WorkerId).ToList();
        var killed = TimeProvider.System.GetUtcNow();
        await cluster.KillWorkerAsync(victims[0].WorkerId);
        await LostAsync(job, victims);
        foreach (var victim in victims)
        {
            await Eventually.HoldsAsync(async () => await NextOfAsync(job, victim) is not null, $"{victim.Task} is leased again");
            var again = (await NextOfAsync(job, victim))!;
            Assert.NotEqual(victim.WorkerId, again.WorkerId);
            Assert.True(again.At - killed <= Outage.Lease + Slack, $"{victim.Task} was leased again {again.At - killed} after its worker's death: more than {Outage.Lease + Slack}.\n{await job.TellAsync()}");
        }
    }

    private static async Task<AttemptEvent?> NextOfAsync(GateRun job, AttemptEvent lost) =>
        (await job.LedgerAsync(AttemptEventKind.Granted)).FirstOrDefault(attempt => attempt.Task == lost.Task && attempt.Id > lost.Id);

    private static Task LostAsync(GateRun job, IReadOnlyList<AttemptEvent> attempts) => Eventually.HoldsAsync(
        async () => (await job.LedgerAsync(AttemptEventKind.Lost)).Select(attempt => attempt.Token).ToHashSet().IsSupersetOf(attempts.Select(attempt => attempt.Token)),
        "the leases of the attempts run out");
}
