using MapReduce.Protocol;

namespace MapReduce.Scheduling;

public sealed partial class InMemoryTaskLeaseStore
{
    /// <inheritdoc/>
    public ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, ulong nonce, CancellationToken cancellationToken) =>
        Run((state, now) => state.Register(worker, nonce, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> DrainAsync(string workerId, bool isDraining, CancellationToken cancellationToken) =>
        Run((state, now) => state.Drain(workerId, isDraining, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken) =>
        Run((state, _) => state.Deregister(workerId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask ForgetWorkerAsync(string workerId, CancellationToken cancellationToken) =>
        Run((state, now) => state.ForgetWorker(workerId, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkerView>> WorkersAsync(CancellationToken cancellationToken) =>
        Run((state, now) => state.Workers(now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ClusterView> ActiveAsync(CancellationToken cancellationToken) =>
        Run((state, now) => new ClusterView(state.LiveWorkers(now), [.. state.Active.Select(job => job.View(now))]), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<JobView?> JobAsync(string jobId, CancellationToken cancellationToken) =>
        Run((state, now) => state.Find(jobId)?.View(now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RunningView> RunningAsync(string jobId, CancellationToken cancellationToken) =>
        Run((state, now) => state.Find(jobId)?.RunningView(now) ?? new RunningView(TimeSpan.Zero, []), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WinnersView> WinnersAsync(string jobId, int step, TaskKind kind, CancellationToken cancellationToken) =>
        Run((state, _) => state.Find(jobId)?.Winners(step, kind) ?? new WinnersView(0, false, []), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LedgerView> EventsAsync(string jobId, long after, int max, CancellationToken cancellationToken) =>
        Run((state, _) => state.Find(jobId)?.Events(after, max) ?? new LedgerView([], false), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TaskView>> TasksAsync(string jobId, int step, TaskKind kind, int start, int count, CancellationToken cancellationToken) =>
        Run((state, _) => state.Find(jobId)?.Tasks(step, kind, start, count) ?? [], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountersAsync(string jobId, CancellationToken cancellationToken) =>
        Run((state, _) => state.Find(jobId)?.Counters() ?? new Dictionary<string, long>(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<JobResult?> ResultAsync(string jobId, CancellationToken cancellationToken) =>
        Run((state, _) => state.Find(jobId)?.Result(), cancellationToken);
}
