using MapReduce.Protocol;
using MapReduce.Scheduling;
using Simulation.Checks;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>The master as a worker reaches it over the network.</summary>
internal sealed class SimClient(Network network, Node node, OutputAudit output) : IMasterClient
{
    public async ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, CancellationToken cancellationToken) =>
        await CallAsync($"register {worker.Id}", master => master.RegisterAsync(worker, default), default, cancellationToken);

    public async ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken) =>
        await CallAsync($"deregister {workerId}", master => master.DeregisterAsync(workerId, default), cancellationToken);

    public async ValueTask<IReadOnlyList<TaskLease>> ClaimAsync(string workerId, int max, TimeSpan wait, CancellationToken cancellationToken) =>
        await CallAsync($"claim {workerId}", master => master.ClaimAsync(workerId, max, wait, default), wait, cancellationToken);

    public async ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(string workerId, IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken)
    {
        var what = $"renew {workerId} {string.Join(' ', renewals.Select(renewal => renewal.Lease.Token))}";
        return await CallAsync(what, master => master.RenewAsync(workerId, renewals, default), default, cancellationToken);
    }

    public async ValueTask<ExchangeAnswer> ExchangeAsync(string workerId, IReadOnlyList<CompletedAttempt> completed, int max, CancellationToken cancellationToken)
    {
        var what = $"exchange {max} for {string.Join(' ', completed.Select(each => $"{each.Lease.Task} {each.Lease.Token}"))}";
        return await CallAsync(what, async master =>
        {
            var answer = await master.ExchangeAsync(workerId, completed, max, default);
            for (var i = 0; i < completed.Count; i++) output.Answered(completed[i].Lease, answer.Answers[i]);
            return answer;
        }, default, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<bool>> AnnounceAsync(string workerId, IReadOnlyList<Announcement> outputs, CancellationToken cancellationToken) =>
        await CallAsync($"announce {workerId} {outputs.Count}", master => master.AnnounceAsync(workerId, outputs, default), default, cancellationToken);

    public async ValueTask FailAsync(string workerId, LeaseRef lease, AttemptFailure failure, CancellationToken cancellationToken) =>
        await CallAsync($"fail {lease.Task} {lease.Token} ({failure.Kind})", master => master.FailAsync(workerId, lease, failure, default), cancellationToken);

    public async ValueTask ReleaseAsync(string workerId, LeaseRef lease, CancellationToken cancellationToken) =>
        await CallAsync($"release {lease.Task} {lease.Token}", master => master.ReleaseAsync(workerId, lease, default), cancellationToken);

    public async ValueTask<IReadOnlyList<string>> EndedJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken) =>
        await CallAsync("ended jobs", master => master.EndedJobsAsync(jobIds, default), default, cancellationToken);

    private async Task CallAsync(string what, Func<JobCoordinator, ValueTask> call, CancellationToken cancellationToken) =>
        await CallAsync(what, async master =>
        {
            await call(master);
            return true;
        }, default, cancellationToken);

    private Task<T> CallAsync<T>(string what, Func<JobCoordinator, ValueTask<T>> call, TimeSpan mayWait, CancellationToken cancellationToken)
    {
        // Code that runs on after its node died in the middle of a step must not be heard by others.
        if (node.IsDead) throw new NodeDiedException();
        return network.CallAsync(what, call, mayWait, cancellationToken);
    }
}
