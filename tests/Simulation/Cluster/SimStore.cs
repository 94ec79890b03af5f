using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Storage;
using MapReduce.Worker;
using Simulation.Checks;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>
/// The shared lease store as one master reaches it: every call takes a moment, in which others call, too, or the master dies;
/// some calls or their answers get lost. The ledger reads the store after each of them.
/// </summary>
internal sealed class SimStore(VirtualWorld world, Node master, InMemoryTaskLeaseStore store, FaultProfile faults, StoreAudit audit) : ITaskLeaseStore
{
    public ValueTask<bool> SubmitAsync(JobShape job, CancellationToken cancellationToken) =>
        CallAsync(() => store.SubmitAsync(job, cancellationToken), cancellationToken);

    public ValueTask<ClaimGrant> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        CallAsync(async () =>
        {
            if (request.Max > SimWorker.MostSlots) world.Log($"{request.WorkerId} claims a batch of {request.Max}");
            return audit.Granted(request, await store.ClaimAsync(request, cancellationToken));
        }, cancellationToken);

    public ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken) =>
        CallAsync(async () => audit.Renewed(renewals, await store.RenewAsync(renewals, cancellationToken)), cancellationToken);

    public ValueTask<IReadOnlyList<Completion>> CompleteAsync(IReadOnlyList<CompletedAttempt> completed, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<Completion>>(async () =>
        {
            var answers = await store.CompleteAsync(completed, cancellationToken);
            return [.. completed.Zip(answers, (each, answer) => audit.Completed(each.Lease, answer))];
        }, cancellationToken);

    public ValueTask<FailAnswer> FailAsync(LeaseRef lease, AttemptFailure failure, double jitter, CancellationToken cancellationToken) =>
        CallAsync(() => store.FailAsync(lease, failure, jitter, cancellationToken), cancellationToken);

    public ValueTask<bool> ReleaseAsync(LeaseRef lease, CancellationToken cancellationToken) =>
        CallAsync(() => store.ReleaseAsync(lease, cancellationToken), cancellationToken);

    public ValueTask<ReapAnswer> ReapAsync(CancellationToken cancellationToken) =>
        CallAsync(() => store.ReapAsync(cancellationToken), cancellationToken);

    public ValueTask<bool> InvalidateAsync(LeaseRef winner, CancellationToken cancellationToken) =>
        CallAsync(() => store.InvalidateAsync(winner, cancellationToken), cancellationToken);

    public ValueTask<int> InvalidateWorkerAsync(string jobId, string workerId, int max, CancellationToken cancellationToken) =>
        CallAsync(() => store.InvalidateWorkerAsync(jobId, workerId, max, cancellationToken), cancellationToken);

    public ValueTask<bool> SpeculateAsync(string jobId, TaskId task, CancellationToken cancellationToken) =>
        CallAsync(() => store.SpeculateAsync(jobId, task, cancellationToken), cancellationToken);

    public ValueTask<bool> AnnounceAsync(string workerId, LeaseRef output, string fingerprint, AttemptResult result, CancellationToken cancellationToken) =>
        CallAsync(async () =>
        {
            var isTaken = await store.AnnounceAsync(workerId, output, fingerprint, result, cancellationToken);
            if (isTaken) world.Log($"store takes the announced {output.Task} {output.Token} of {workerId}");
            return isTaken;
        }, cancellationToken);

    public async ValueTask CancelAsync(string jobId, CancellationToken cancellationToken) =>
        await CallAsync(() => Answered(store.CancelAsync(jobId, cancellationToken)), cancellationToken);

    public async ValueTask FinishAsync(string jobId, JobState state, string? error, CancellationToken cancellationToken) =>
        await CallAsync(() => Answered(store.FinishAsync(jobId, state, error, cancellationToken)), cancellationToken);

    public ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, ulong nonce, CancellationToken cancellationToken) =>
        CallAsync(() => store.RegisterAsync(worker, nonce, cancellationToken), cancellationToken);

    public ValueTask<bool> DrainAsync(string workerId, bool isDraining, CancellationToken cancellationToken) =>
        CallAsync(() => store.DrainAsync(workerId, isDraining, cancellationToken), cancellationToken);

    public async ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken) =>
        await CallAsync(() => Answered(store.DeregisterAsync(workerId, cancellationToken)), cancellationToken);

    public async ValueTask ForgetWorkerAsync(string workerId, CancellationToken cancellationToken) =>
        await CallAsync(() => Answered(store.ForgetWorkerAsync(workerId, cancellationToken)), cancellationToken);

    public ValueTask<IReadOnlyList<WorkerView>> WorkersAsync(CancellationToken cancellationToken) =>
        CallAsync(() => store.WorkersAsync(cancellationToken), cancellationToken);

    public ValueTask<ClusterView> ActiveAsync(CancellationToken cancellationToken) =>
        CallAsync(() => store.ActiveAsync(cancellationToken), cancellationToken);

    public ValueTask<JobView?> JobAsync(string jobId, CancellationToken cancellationToken) =>
        CallAsync(() => store.JobAsync(jobId, cancellationToken), cancellationToken);

    public ValueTask<RunningView> RunningAsync(string jobId, CancellationToken cancellationToken) =>
        CallAsync(() => store.RunningAsync(jobId, cancellationToken), cancellationToken);

    public ValueTask<WinnersView> WinnersAsync(string jobId, int step, TaskKind kind, CancellationToken cancellationToken) =>
        CallAsync(() => store.WinnersAsync(jobId, step, kind, cancellationToken), cancellationToken);

    public ValueTask<LedgerView> EventsAsync(string jobId, long after, int max, CancellationToken cancellationToken) =>
        CallAsync(() => store.EventsAsync(jobId, after, max, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<TaskView>> TasksAsync(string jobId, int step, TaskKind kind, int start, int count, CancellationToken cancellationToken) =>
        CallAsync(() => store.TasksAsync(jobId, step, kind, start, count, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, long>> CountersAsync(string jobId, CancellationToken cancellationToken) =>
        CallAsync(() => store.CountersAsync(jobId, cancellationToken), cancellationToken);

    public ValueTask<JobResult?> ResultAsync(string jobId, CancellationToken cancellationToken) =>
        CallAsync(() => store.ResultAsync(jobId, cancellationToken), cancellationToken);

    private async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call, CancellationToken cancellationToken)
    {
        await Delay.ForAsync(world.Between(0.00005, 0.001), master.Time, cancellationToken);
        if (world.Chance(faults.StoreDrop)) throw new MasterUnavailableException("the store did not get the call");
        var answer = await call();
        audit.Look();
        await Delay.ForAsync(world.Between(0.00005, 0.001), master.Time, cancellationToken);
        return world.Chance(faults.StoreDrop) ? throw new MasterUnavailableException("the store's answer got lost") : answer;
    }

    private static async ValueTask<bool> Answered(ValueTask call)
    {
        await call;
        return true;
    }
}
