using MapReduce.Diagnostics;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling.Journal;
using MapReduce.Scheduling.Policy;

namespace MapReduce.Scheduling;

public sealed partial class JobCoordinator
{
    /// <inheritdoc/>
    public ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, CancellationToken cancellationToken) =>
        _store.RegisterAsync(worker, _chance.Nonce(), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken)
    {
        await _store.DeregisterAsync(workerId, cancellationToken);
        // Should this master die here, the next tick of any other finds the worker lost and does the same.
        await GiveUpAsync(workerId, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TaskLease>> ClaimAsync(string workerId, int max, TimeSpan wait, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<TaskLease>>(async () =>
        {
            var began = _time.GetTimestamp();
            while (true)
            {
                var seen = _work.Version;
                var (leases, nextLook) = await _claimer.TryAsync(workerId, max, lastJob: null, await _store.ActiveAsync(cancellationToken), cancellationToken);
                var left = wait - _time.GetElapsedTime(began);
                if (leases.Count > 0 || left <= TimeSpan.Zero) return leases;
                await _work.WaitAsync(seen, left < nextLook ? left : nextLook, cancellationToken);
            }
        });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(string workerId, IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken) =>
        _store.RenewAsync(renewals, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ExchangeAnswer> ExchangeAsync(string workerId, IReadOnlyList<CompletedAttempt> completed, int max, CancellationToken cancellationToken) =>
        AnswerAsync(async () =>
        {
            if (max <= 0) return new ExchangeAnswer(await CompleteAsync(completed, cancellationToken), []);
            // The look goes out behind the completions, and so sees them, without a wait for their answer.
            var completing = CompleteAsync(completed, cancellationToken).AsTask();
            var looking = _store.ActiveAsync(cancellationToken).AsTask();
            await Task.WhenAll(completing, looking);
            var lastJob = completed.Count > 0 ? completed[^1].Lease.JobId : null;
            var (leases, _) = await _claimer.TryAsync(workerId, max, lastJob, await looking, cancellationToken);
            return new ExchangeAnswer(await completing, leases);
        });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<bool>> AnnounceAsync(string workerId, IReadOnlyList<Announcement> outputs, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<bool>>(async () =>
        {
            foreach (var jobId in outputs.Select(each => each.Output.JobId).Distinct()) await RestoreLostAsync(jobId, cancellationToken);
            var answers = new bool[outputs.Count];
            for (var i = 0; i < answers.Length; i++)
                answers[i] = await _store.AnnounceAsync(workerId, outputs[i].Output, outputs[i].Fingerprint, outputs[i].Result, cancellationToken);
            _work.Signal();
            _tick.Signal();
            return answers;
        });

    // A worker may notice the loss of memory before this master's next tick does.
    private async ValueTask RestoreLostAsync(string jobId, CancellationToken cancellationToken)
    {
        if (await _store.JobAsync(jobId, cancellationToken) is not null) return;
        if (_journal.Find(jobId) is { } entry && _journal.FindEnd(jobId) is null) await RestoreAsync(entry, isLost: true, cancellationToken);
    }

    private async ValueTask<IReadOnlyList<CompleteAnswer>> CompleteAsync(IReadOnlyList<CompletedAttempt> completed, CancellationToken cancellationToken)
    {
        if (completed.Count == 0) return [];
        var completions = await _store.CompleteAsync(completed, cancellationToken);
        if (completions.Any(completion => completion.EndsStage))
        {
            _work.Signal();
            _tick.Signal();
        }
        var answers = new CompleteAnswer[completed.Count];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = completions[i].Answer == CompleteAnswer.Stale && IsInOutcome(completed[i].Lease) ? CompleteAnswer.Ok : completions[i].Answer;
        var committed = answers.Count(answer => answer == CompleteAnswer.Ok);
        if (committed > 0) Count("committed", committed);
        if (committed < answers.Length) Count("stale", answers.Length - committed);
        return answers;
    }

    /// <inheritdoc/>
    public ValueTask FailAsync(string workerId, LeaseRef lease, AttemptFailure failure, CancellationToken cancellationToken) =>
        EndAsync(async () =>
        {
            var judged = await JudgeAsync(lease, failure, cancellationToken);
            return await _store.FailAsync(lease, judged, _chance.Jitter(), cancellationToken) != FailAnswer.Ignored;
        }, "failed");

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(string workerId, LeaseRef lease, CancellationToken cancellationToken) =>
        EndAsync(() => _store.ReleaseAsync(lease, cancellationToken), "released");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> EndedJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<string>>(() => ValueTask.FromResult<IReadOnlyList<string>>([.. jobIds.Where(id => _journal.FindEnd(id) is not null)]));

    // The task is free again, or its job has failed.
    private async ValueTask EndAsync(Func<ValueTask<bool>> call, string outcome)
    {
        if (!await AnswerAsync(call)) return;
        Count(outcome);
        _work.Signal();
        _tick.Signal();
    }

    private static void Count(string outcome, int attempts = 1) => MapReduceTelemetry.Attempts.Add(attempts, new KeyValuePair<string, object?>("outcome", outcome));

    private async ValueTask<AttemptFailure> JudgeAsync(LeaseRef lease, AttemptFailure failure, CancellationToken cancellationToken)
    {
        if (failure.FetchFailures is not { Count: > 0 } || _jobs.Find(lease.JobId) is not { } job) return failure;
        var outputs = await job.LastMapOutputsAsync(_store, lease.Task.Step, cancellationToken);
        if (outputs is null) return failure;
        var live = (await _store.WorkersAsync(cancellationToken)).Where(worker => worker.IsLive).Select(worker => worker.Registration.Id).ToHashSet(StringComparer.Ordinal);
        return FetchBlame.Judge(failure, outputs.WorkerOf, [.. outputs.Workers.Where(live.Contains)]);
    }

    // A store that lost its memory knows nothing of a win whose answer was lost as well. To drop that attempt's files now
    // would be to lose data that the published outcome promises.
    private bool IsInOutcome(LeaseRef lease) =>
        JobJournal.IsJobId(lease.JobId)
        && _output.Outcome(lease.JobId) is { Kind: OutcomeKind.Commit } outcome
        && outcome.Winners.Any(winner => winner.Task == lease.Task && winner.Token == lease.Token);
}
