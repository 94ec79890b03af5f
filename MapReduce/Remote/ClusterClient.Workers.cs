using MapReduce.Remote.Http;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;

namespace MapReduce.Remote;

public sealed partial class ClusterClient
{
    /// <summary>The registered workers, and the lost ones that were not forgotten yet.</summary>
    public async Task<IReadOnlyList<WorkerView>> WorkersAsync(CancellationToken cancellationToken = default) =>
        (await _master.SendAsync(MasterCall.Get(MasterApi.Workers, MasterRole.Read), WireJson.Default.WorkerListMessage, cancellationToken)).Workers;

    /// <summary>One worker.</summary>
    public Task<WorkerView> WorkerAsync(string workerId, CancellationToken cancellationToken = default) =>
        OfWorkerAsync(workerId, () => _master.SendAsync(MasterCall.Get(MasterApi.For(MasterApi.Worker, workerId), MasterRole.Read), WireJson.Default.WorkerView, cancellationToken));

    /// <summary>Asks a worker to claim no more tasks; it learns of it within seconds. What it runs goes on, what it holds is served.</summary>
    public Task DrainAsync(string workerId, CancellationToken cancellationToken = default) => AskAsync(MasterApi.DrainWorker, workerId, cancellationToken);

    /// <summary>Asks a worker to claim tasks again.</summary>
    public Task ResumeAsync(string workerId, CancellationToken cancellationToken = default) => AskAsync(MasterApi.ResumeWorker, workerId, cancellationToken);

    private Task<bool> AskAsync(string path, string workerId, CancellationToken cancellationToken) => OfWorkerAsync(workerId, async () =>
    {
        await _master.SendAsync(MasterCall.Post(MasterApi.For(path, workerId), MasterRole.Submit), cancellationToken);
        return true;
    });

    private static async Task<T> OfWorkerAsync<T>(string workerId, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (MasterRefusedException refused) when (refused.Status == 404)
        {
            throw new KeyNotFoundException($"There is no worker '{workerId}': look for it among all workers; a worker that stopped is forgotten.", refused);
        }
    }
}
