using MapReduce.Protocol;

namespace MapReduce.Scheduling;

/// <summary>
/// The truth about running jobs: which tasks exist, who holds which lease, who won, what was counted. Every call is one
/// atomic step, so that any number of masters may share one store and die between any two calls. Safe for concurrent use.
/// </summary>
/// <remarks>
/// All times are measured by the store's own clock; views carry ages, never points in time. Every call may be repeated
/// after a lost answer. A job that the store does not know is no error: it answers as if the caller had come too late.
/// </remarks>
/// <exception cref="MasterUnavailableException">From every member: the store cannot be reached now, and nothing is known to have happened.</exception>
/// <exception cref="BrokenJobException">From every member that is about one job: what the store holds of it makes no sense.</exception>
public interface ITaskLeaseStore
{
    /// <summary>Makes a job known. Costs the same for every number of tasks: they come into being when first claimed.</summary>
    /// <returns>True when it is known now, or was known with the same fingerprint; false when the id stands for another job.</returns>
    ValueTask<bool> SubmitAsync(JobShape job, CancellationToken cancellationToken);

    /// <summary>Leases tasks of one job to a worker: retries that are due first, then the cursor.</summary>
    ValueTask<ClaimGrant> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Extends leases and records progress; the first renewal acknowledges an attempt. A lease that ran out is created again
    /// as long as the attempt was not given up.
    /// </summary>
    /// <returns>An answer per item, in their order.</returns>
    ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken);

    /// <summary>
    /// Makes each attempt the winner of its task if it is the first: adds its counters, ends the task's other attempts. The
    /// winner gets <see cref="CompleteAnswer.Ok"/> again when it repeats the call; an attempt that was given up is stale.
    /// Each attempt is an atomic step of its own, in their order; the call is not.
    /// </summary>
    /// <returns>An answer per item, in their order.</returns>
    ValueTask<IReadOnlyList<Completion>> CompleteAsync(IReadOnlyList<CompletedAttempt> completed, CancellationToken cancellationToken);

    /// <summary>Ends an attempt as failed and, unless the task is dead or has a twin running, queues it again after a back-off.</summary>
    /// <param name="lease">The attempt; one that was given up changes nothing.</param>
    /// <param name="failure">
    /// Whose fault. Its fetch failures are counted against the winners that they name: one proven corruption, three reports, or
    /// reports from half of the running reduces invalidate the map output.
    /// </param>
    /// <param name="jitter">0 to below 1, drawn by the caller: spreads the back-off.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<FailAnswer> FailAsync(LeaseRef lease, AttemptFailure failure, double jitter, CancellationToken cancellationToken);

    /// <summary>Ends an attempt without blame; the task is free again at once unless it has a twin running.</summary>
    /// <returns>False when the attempt had been given up before.</returns>
    ValueTask<bool> ReleaseAsync(LeaseRef lease, CancellationToken cancellationToken);

    /// <summary>
    /// Gives up the attempts whose leases ran out. Called by every master, several times a second: when nobody has called for over
    /// 3 s, or for a third of the shortest lease of the active jobs, or the store lost its memory, nothing is given up for the time
    /// of the longest lease, and no registration for 10 s at least.
    /// </summary>
    ValueTask<ReapAnswer> ReapAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes the win of an attempt whose output file is missing back, with its counters, and queues the task at once. Only while
    /// that token wins, its step has not passed, and, for a map output without files, while a reduce of the step is still to be done.
    /// </summary>
    /// <returns>True when the win was taken back now.</returns>
    ValueTask<bool> InvalidateAsync(LeaseRef winner, CancellationToken cancellationToken);

    /// <summary>Invalidates up to <paramref name="max"/> map outputs that lie on a worker which left or fell silent.</summary>
    /// <returns>How many were invalidated; fewer than <paramref name="max"/> when none is left.</returns>
    ValueTask<int> InvalidateWorkerAsync(string jobId, string workerId, int max, CancellationToken cancellationToken);

    /// <summary>Queues a backup attempt for a task of which exactly one attempt runs. Another worker will get it.</summary>
    /// <returns>True when it is queued now.</returns>
    ValueTask<bool> SpeculateAsync(string jobId, TaskId task, CancellationToken cancellationToken);

    /// <summary>
    /// Offers a finished map output to a store that lost its memory of it. It wins if the job has this fingerprint, its step
    /// is the current one, the task has no winner, and the token was never rejected.
    /// </summary>
    /// <returns>True when the output wins, now or before.</returns>
    ValueTask<bool> AnnounceAsync(string workerId, LeaseRef output, string fingerprint, AttemptResult result, CancellationToken cancellationToken);

    /// <summary>Stops a job: no more claims, and renewals are answered with <see cref="RenewAnswer.Cancel"/>.</summary>
    ValueTask CancelAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Records how a job ended, after its outcome was carried out, and forgets its tasks. An hour later it is forgotten itself.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="state">Succeeded, failed or cancelled. The first call counts.</param>
    /// <param name="error">Why it failed; null unless it did.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask FinishAsync(string jobId, JobState state, string? error, CancellationToken cancellationToken);

    /// <summary>Registers a worker for the next 30 s.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="nonce">64 random bits, drawn by the caller: the store's epoch if it has none yet, as after a loss of its memory.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, ulong nonce, CancellationToken cancellationToken);

    /// <summary>Asks a worker to claim no more tasks, or to claim again; it learns of it when it next registers.</summary>
    /// <returns>False when the worker is not registered.</returns>
    ValueTask<bool> DrainAsync(string workerId, bool isDraining, CancellationToken cancellationToken);

    /// <summary>Ends a registration now. The worker counts as lost until it is forgotten.</summary>
    ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken);

    /// <summary>Forgets a lost worker, after its outputs were invalidated; one that registered again in between stays.</summary>
    ValueTask ForgetWorkerAsync(string workerId, CancellationToken cancellationToken);

    /// <summary>The registered workers, and the lost ones that were not forgotten yet.</summary>
    ValueTask<IReadOnlyList<WorkerView>> WorkersAsync(CancellationToken cancellationToken);

    /// <summary>The jobs that have not ended, by submit time. Costs the same whatever their number of tasks.</summary>
    ValueTask<ClusterView> ActiveAsync(CancellationToken cancellationToken);

    /// <summary>One job, also after its end; null when unknown.</summary>
    ValueTask<JobView?> JobAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>The running attempts of a job, and how long the tasks of the current stage took.</summary>
    ValueTask<RunningView> RunningAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>The winners of a stage, by task, with the version of the stage's winners at that moment.</summary>
    ValueTask<WinnersView> WinnersAsync(string jobId, int step, TaskKind kind, CancellationToken cancellationToken);

    /// <summary>What happened to a job's attempts, oldest first; the last 10,000 events are kept, until the job is forgotten. For people: nothing correct depends on it.</summary>
    /// <param name="jobId">The job; an unknown one has no events.</param>
    /// <param name="after">Only events with a greater id; 0 for all.</param>
    /// <param name="max">Events at most.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<LedgerView> EventsAsync(string jobId, long after, int max, CancellationToken cancellationToken);

    /// <summary>Tasks of a stage by index, from <paramref name="start"/> on, at most <paramref name="count"/>; none after the job's end.</summary>
    ValueTask<IReadOnlyList<TaskView>> TasksAsync(string jobId, int step, TaskKind kind, int start, int count, CancellationToken cancellationToken);

    /// <summary>The totals of the winners' counters.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> CountersAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>The winners that left files and the counters at one and the same moment; null unless every task is done.</summary>
    ValueTask<JobResult?> ResultAsync(string jobId, CancellationToken cancellationToken);
}
