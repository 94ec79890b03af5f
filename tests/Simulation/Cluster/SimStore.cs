using MapReduce.Protocol;
using MapReduce.Scheduling;
using Simulation.Faults;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>
/// The shared lease store as one master reaches it: every call takes a moment, in which others call, too, or the master dies;
/// some calls or their answers get lost. The books on the store are brought up to date after each change.
/// </summary>
internal sealed class SimStore(VirtualWorld world, Node master, StoreServers servers, FaultProfile faults) : ITaskLeaseStore
{
    public ValueTask<bool> SubmitAsync(JobShape job, CancellationToken cancellationToken) =>
        ChangeAsync(FailPoint.StoreSubmit, replica => replica.Store.SubmitAsync(job, cancellationToken));

    public ValueTask<ClaimGrant> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(FailPoint.StoreClaim, replica =>
        {
            if (request.Max > SimWorker.MostSlots) world.Log($"{request.WorkerId} claims a batch of {request.Max}");
            return replica.Store.ClaimAsync(request, cancellationToken);
        });

    public ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreRenew, async replica => replica.Books.Renewed(renewals, await replica.Store.RenewAsync(renewals, cancellationToken)));

    public ValueTask<IReadOnlyList<Completion>> CompleteAsync(IReadOnlyList<CompletedAttempt> completed, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreComplete, async replica => replica.Books.Completed(completed, await replica.Store.CompleteAsync(completed, cancellationToken)));

    public ValueTask<FailAnswer> FailAsync(LeaseRef lease, AttemptFailure failure, double jitter, CancellationToken cancellationToken) =>
        ChangeAsync(FailPoint.StoreFail, replica =>
        {
            replica.Books.Failing(lease, failure);
            return replica.Store.FailAsync(lease, failure, jitter, cancellationToken);
        });

    public ValueTask<bool> ReleaseAsync(LeaseRef lease, CancellationToken cancellationToken) =>
        ChangeAsync(FailPoint.StoreRelease, replica => replica.Store.ReleaseAsync(lease, cancellationToken));

    public ValueTask<ReapAnswer> ReapAsync(CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreReap, async replica => replica.Books.Reaped(await replica.Store.ReapAsync(cancellationToken)));

    public ValueTask<bool> InvalidateAsync(LeaseRef winner, CancellationToken cancellationToken) =>
        ChangeAsync(FailPoint.StoreInvalidate, replica => replica.Store.InvalidateAsync(winner, cancellationToken));

    public ValueTask<int> InvalidateWorkerAsync(string jobId, string workerId, int max, CancellationToken cancellationToken) =>
        ChangeAsync(FailPoint.StoreInvalidateWorker, replica => replica.Store.InvalidateWorkerAsync(jobId, workerId, max, cancellationToken));

    public ValueTask<bool> SpeculateAsync(string jobId, TaskId task, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreSpeculate, async replica => replica.Books.Speculated(jobId, task, await replica.Store.SpeculateAsync(jobId, task, cancellationToken)));

    public ValueTask<bool> AnnounceAsync(string workerId, LeaseRef output, string fingerprint, AttemptResult result, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreAnnounce, async replica =>
            replica.Books.Announced(workerId, output, result, await replica.Store.AnnounceAsync(workerId, output, fingerprint, result, cancellationToken)));

    public async ValueTask CancelAsync(string jobId, CancellationToken cancellationToken) =>
        await CallAsync(FailPoint.StoreCancel, replica => Answered(replica.Store.CancelAsync(jobId, cancellationToken)));

    public async ValueTask FinishAsync(string jobId, JobState state, string? error, CancellationToken cancellationToken) =>
        await ChangeAsync(FailPoint.StoreFinish, replica => Answered(replica.Store.FinishAsync(jobId, state, error, cancellationToken)));

    public ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, ulong nonce, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreRegister, replica =>
        {
            replica.Books.Registered(worker.Id);
            return replica.Store.RegisterAsync(worker, nonce, cancellationToken);
        });

    public ValueTask<bool> DrainAsync(string workerId, bool isDraining, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreDrain, replica => replica.Store.DrainAsync(workerId, isDraining, cancellationToken));

    public async ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken) =>
        await CallAsync(FailPoint.StoreDeregister, replica =>
        {
            replica.Books.Deregistered(workerId);
            return Answered(replica.Store.DeregisterAsync(workerId, cancellationToken));
        });

    public async ValueTask ForgetWorkerAsync(string workerId, CancellationToken cancellationToken) =>
        await CallAsync(FailPoint.StoreForgetWorker, replica => Answered(replica.Store.ForgetWorkerAsync(workerId, cancellationToken)));

    public ValueTask<IReadOnlyList<WorkerView>> WorkersAsync(CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreWorkers, replica => replica.Store.WorkersAsync(cancellationToken));

    public ValueTask<ClusterView> ActiveAsync(CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreActive, replica => replica.Store.ActiveAsync(cancellationToken));

    public ValueTask<JobView?> JobAsync(string jobId, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreJob, replica => replica.Store.JobAsync(jobId, cancellationToken));

    public ValueTask<RunningView> RunningAsync(string jobId, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreRunning, replica => replica.Store.RunningAsync(jobId, cancellationToken));

    public ValueTask<WinnersView> WinnersAsync(string jobId, int step, TaskKind kind, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreWinners, replica => replica.Store.WinnersAsync(jobId, step, kind, cancellationToken));

    public ValueTask<LedgerView> EventsAsync(string jobId, long after, int max, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreEvents, replica => replica.Store.EventsAsync(jobId, after, max, cancellationToken));

    public ValueTask<IReadOnlyList<TaskView>> TasksAsync(string jobId, int step, TaskKind kind, int start, int count, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreTasks, replica => replica.Store.TasksAsync(jobId, step, kind, start, count, cancellationToken));

    public ValueTask<IReadOnlyDictionary<string, long>> CountersAsync(string jobId, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreCounters, replica => replica.Store.CountersAsync(jobId, cancellationToken));

    public ValueTask<JobResult?> ResultAsync(string jobId, CancellationToken cancellationToken) =>
        CallAsync(FailPoint.StoreResult, replica => replica.Store.ResultAsync(jobId, cancellationToken));

    private ValueTask<T> ChangeAsync<T>(FailPoint point, Func<StoreReplica, ValueTask<T>> change) =>
        CallAsync(point, async replica =>
        {
            var answer = await change(replica);
            replica.Books.Look();
            return answer;
        });

    private async ValueTask<T> CallAsync<T>(FailPoint point, Func<StoreReplica, ValueTask<T>> call)
    {
        master.Reach(point, Moment.Before);
        await new Wait(master, world.Between(0.00005, 0.001));
        var replica = await servers.ReachAsync(master);
        if (replica is null || IsLost()) throw new MasterUnavailableException("the store did not get the call");
        var answer = await call(replica);
        // Most answers come at once: what happens between two calls happens before the second, too.
        if (world.Chance(0.3)) await new Wait(master, world.Between(0.00005, 0.001));
        if (IsLost()) throw new MasterUnavailableException("the store's answer got lost");
        master.Reach(point, Moment.After);
        return answer;
    }

    private bool IsLost()
    {
        if (!world.Chance(faults.StoreDrop)) return false;
        world.Disturb();
        return true;
    }

    private static async ValueTask<bool> Answered(ValueTask call)
    {
        await call;
        return true;
    }
}
