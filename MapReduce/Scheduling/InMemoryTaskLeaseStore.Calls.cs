using MapReduce.Protocol;
using MapReduce.Scheduling.Memory;
using MapReduce.Scheduling.Policy;

namespace MapReduce.Scheduling;

public sealed partial class InMemoryTaskLeaseStore
{
    /// <inheritdoc/>
    public ValueTask<bool> SubmitAsync(JobShape job, CancellationToken cancellationToken) =>
        Run((state, now) => state.Submit(job, now, time), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ClaimGrant> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        Run((state, now) => state.Find(request.JobId)?.Claim(request, now) ?? ClaimGrant.None, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken) =>
        Run<IReadOnlyList<RenewAnswer>>((state, now) =>
        {
            var answers = new RenewAnswer[renewals.Count];
            for (var i = 0; i < answers.Length; i++)
                answers[i] = state.Find(renewals[i].Lease.JobId)?.Renew(Key(renewals[i].Lease), renewals[i].Progress, now) ?? RenewAnswer.Lost;
            return answers;
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Completion>> CompleteAsync(IReadOnlyList<CompletedAttempt> completed, CancellationToken cancellationToken) =>
        Run<IReadOnlyList<Completion>>((state, now) =>
            [.. completed.Select(each => state.Find(each.Lease.JobId)?.Complete(Key(each.Lease), each.Result, now) ?? new Completion(CompleteAnswer.Stale, false))], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<FailAnswer> FailAsync(LeaseRef lease, AttemptFailure failure, double jitter, CancellationToken cancellationToken) =>
        Run((state, now) => state.Find(lease.JobId)?.Fail(Key(lease), failure, jitter, now) ?? FailAnswer.Ignored, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(LeaseRef lease, CancellationToken cancellationToken) =>
        Run((state, now) => state.Find(lease.JobId)?.Release(Key(lease), now) ?? false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReapAnswer> ReapAsync(CancellationToken cancellationToken) => Run(Reap, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> InvalidateAsync(LeaseRef winner, CancellationToken cancellationToken) =>
        Run((state, now) => state.Find(winner.JobId)?.Invalidate(Key(winner), InvalidationReason.FileMissing, now) ?? false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> InvalidateWorkerAsync(string jobId, string workerId, int max, CancellationToken cancellationToken) =>
        Run((state, now) => state.Find(jobId)?.InvalidateWorker(workerId, max, now) ?? 0, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SpeculateAsync(string jobId, TaskId task, CancellationToken cancellationToken) =>
        Run((state, now) => state.Find(jobId)?.Speculate(task, now) ?? false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> AnnounceAsync(string workerId, LeaseRef output, string fingerprint, AttemptResult result, CancellationToken cancellationToken) =>
        Run((state, _) => state.Find(output.JobId)?.Announce(Key(output), workerId, fingerprint, result) ?? false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask CancelAsync(string jobId, CancellationToken cancellationToken) =>
        Run((state, _) => { if (state.Find(jobId) is { } job) job.IsCancelled = true; }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask FinishAsync(string jobId, JobState state, string? error, CancellationToken cancellationToken) =>
        Run((store, now) => store.Finish(jobId, new JobEnd(state, error, now, time.GetUtcNow())), cancellationToken);

    private ReapAnswer Reap(StoreState state, long now)
    {
        var (shortest, longest) = (DefaultLease, DefaultLease);
        if (state.Active.Count > 0) (shortest, longest) = (state.Active.Min(job => job.Shape.Lease), state.Active.Max(job => job.Shape.Lease));
        var (isChanged, isGrace, isWorkersGrace) = _guard.Tick(now, shortest, longest);
        var expired = 0;
        if (!isGrace) foreach (var job in state.Active) expired += job.Reap(now);
        state.ForgetEnded(now);
        return new ReapAnswer(isChanged, state.LostWorkers(now, isWorkersGrace), expired);
    }

    private static LeaseKey Key(LeaseRef lease) => new(lease.Task, lease.Token);
}
