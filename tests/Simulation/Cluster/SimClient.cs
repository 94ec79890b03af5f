using MapReduce.Protocol;
using Simulation.Checks;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>The master as a worker reaches it over the network.</summary>
internal sealed class SimClient(Network network, Node node, CommitWatch commits) : IMasterClient
{
    /// <summary>How many slots the last claim that was sent asked for.</summary>
    public int LastRoom { get; private set; }

    /// <summary>True while a master was asked to let this worker have no more tasks.</summary>
    public bool IsDraining { get; private set; }

    public async ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("register", master => master.Coordinator.RegisterAsync(worker, default), default, cancellationToken);
        IsDraining = answer.IsDraining;
        return answer;
    }

    public async ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken) =>
        await CallAsync("deregister", master => master.Coordinator.DeregisterAsync(workerId, default), cancellationToken);

    public async ValueTask<IReadOnlyList<TaskLease>> ClaimAsync(string workerId, int max, TimeSpan wait, CancellationToken cancellationToken)
    {
        LastRoom = max;
        return await CallAsync("claim", master => master.Coordinator.ClaimAsync(workerId, max, wait, default), wait, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(string workerId, IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken) =>
        await CallAsync("renew", master => master.Coordinator.RenewAsync(workerId, renewals, default), default, cancellationToken);

    public async ValueTask<ExchangeAnswer> ExchangeAsync(string workerId, IReadOnlyList<CompletedAttempt> completed, int max, CancellationToken cancellationToken) =>
        await CallAsync("exchange", async master =>
        {
            // A master that is held up between its look and its answer may be overtaken by the outcome.
            var promised = completed.Select(each => commits.Promises(each.Lease)).ToArray();
            var answer = await master.Coordinator.ExchangeAsync(workerId, completed, max, default);
            for (var i = 0; i < promised.Length; i++) commits.Answered(completed[i].Lease, promised[i], answer.Answers[i]);
            return answer;
        }, default, cancellationToken);

    public async ValueTask<IReadOnlyList<bool>> AnnounceAsync(string workerId, IReadOnlyList<Announcement> outputs, CancellationToken cancellationToken) =>
        await CallAsync("announce", master => master.Coordinator.AnnounceAsync(workerId, outputs, default), default, cancellationToken);

    public async ValueTask FailAsync(string workerId, LeaseRef lease, AttemptFailure failure, CancellationToken cancellationToken) =>
        await CallAsync("fail", master => master.Coordinator.FailAsync(workerId, lease, failure, default), cancellationToken);

    public async ValueTask ReleaseAsync(string workerId, LeaseRef lease, CancellationToken cancellationToken) =>
        await CallAsync("release", master => master.Coordinator.ReleaseAsync(workerId, lease, default), cancellationToken);

    public async ValueTask<IReadOnlyList<string>> EndedJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken) =>
        await CallAsync("ended jobs", async master =>
        {
            var ended = await master.Coordinator.EndedJobsAsync(jobIds, default);
            commits.Ended(ended);
            return ended;
        }, default, cancellationToken);

    private async Task CallAsync(string what, Func<SimMaster, ValueTask> call, CancellationToken cancellationToken) =>
        await CallAsync(what, async master =>
        {
            await call(master);
            return true;
        }, default, cancellationToken);

    private Task<T> CallAsync<T>(string what, Func<SimMaster, ValueTask<T>> call, TimeSpan mayWait, CancellationToken cancellationToken) =>
        network.CallAsync(node, what, call, mayWait, cancellationToken);
}
