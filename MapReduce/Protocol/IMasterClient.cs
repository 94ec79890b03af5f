namespace MapReduce.Protocol;

/// <summary>
/// The master as a worker sees it: the one way by which leases, heartbeats and reports travel. In local mode it is a call
/// into the coordinator, in a cluster HTTP, in a simulation a faulty network. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Every call may be sent twice (a lost answer): all are idempotent. A master that cannot be reached is a
/// <see cref="MasterUnavailableException"/>, after which the caller tries again.
/// </remarks>
public interface IMasterClient
{
    /// <summary>Announces a worker, and again every few seconds; the registration lapses after 30 s.</summary>
    /// <returns>What the master wants of the worker.</returns>
    ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, CancellationToken cancellationToken);

    /// <summary>Takes a worker off the list; its map outputs are invalidated at once.</summary>
    ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken);

    /// <summary>Asks for up to <paramref name="max"/> tasks; waits up to <paramref name="wait"/> for the first.</summary>
    /// <returns>The leases, none when there was no work in time.</returns>
    ValueTask<IReadOnlyList<TaskLease>> ClaimAsync(string workerId, int max, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Renews leases; the first renewal of a lease acknowledges it and must precede any user code.</summary>
    /// <returns>An answer per item, in their order.</returns>
    ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(string workerId, IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken);

    /// <summary>Reports completed attempts and asks for up to <paramref name="max"/> tasks, in one round trip. Never waits for work.</summary>
    /// <returns>An answer per report, in their order, and the leases.</returns>
    ValueTask<ExchangeAnswer> ExchangeAsync(string workerId, IReadOnlyList<CompletedAttempt> completed, int max, CancellationToken cancellationToken);

    /// <summary>Offers finished map outputs to a master that lost its memory of them (<see cref="RegisterAnswer.Epoch"/> changed).</summary>
    /// <returns>An answer per item: true when the output wins its task, now or before.</returns>
    ValueTask<IReadOnlyList<bool>> AnnounceAsync(string workerId, IReadOnlyList<Announcement> outputs, CancellationToken cancellationToken);

    /// <summary>Reports a failed attempt.</summary>
    ValueTask FailAsync(string workerId, LeaseRef lease, AttemptFailure failure, CancellationToken cancellationToken);

    /// <summary>Gives a lease back without blame: the task is free again at once.</summary>
    ValueTask ReleaseAsync(string workerId, LeaseRef lease, CancellationToken cancellationToken);

    /// <summary>Asks which of these jobs have ended, so that the worker may delete their map outputs. An unknown job is not among them.</summary>
    ValueTask<IReadOnlyList<string>> EndedJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken);
}

/// <summary>Names an attempt.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Task">The task.</param>
/// <param name="Token">The attempt's token.</param>
public sealed record LeaseRef(string JobId, TaskId Task, string Token);

/// <summary>A worker as it announces itself.</summary>
/// <param name="Id">Random per process start.</param>
/// <param name="Slots">Attempts that it can run at once.</param>
/// <param name="Address">Where it serves map outputs, an absolute URL; null when they are read as local files.</param>
/// <param name="WorkDirectory">Where its map outputs lie on its host, so that a reader on the same host reads the files; null when unknown.</param>
public sealed record WorkerRegistration(string Id, int Slots, string? Address = null, string? WorkDirectory = null);

/// <summary>The master's answer to a registration.</summary>
/// <param name="IsDraining">True when the worker is to claim no more tasks for now; what runs goes on, what it holds is served.</param>
/// <param name="Epoch">Changes when the master lost its memory of tasks: then the worker announces the map outputs that it holds.</param>
public sealed record RegisterAnswer(bool IsDraining, string Epoch);

/// <summary>The master's answer to an exchange.</summary>
/// <param name="Answers">One per completed attempt, in their order.</param>
/// <param name="Leases">The tasks granted, none when there is no work now.</param>
public sealed record ExchangeAnswer(IReadOnlyList<CompleteAnswer> Answers, IReadOnlyList<TaskLease> Leases);

/// <summary>A finished map output that a worker holds.</summary>
/// <param name="Output">The attempt that made it.</param>
/// <param name="Fingerprint">Of the job, from the attempt's lease.</param>
/// <param name="Result">As it was reported.</param>
public sealed record Announcement(LeaseRef Output, string Fingerprint, AttemptResult Result);

/// <summary>A renewal of one lease, with how far its attempt has come.</summary>
/// <param name="Lease">The attempt.</param>
/// <param name="Progress">How far it has come.</param>
public sealed record RenewRequest(LeaseRef Lease, AttemptSnapshot Progress);

/// <summary>How far an attempt has come.</summary>
/// <param name="Fraction">0 to 1, of its input.</param>
/// <param name="Records">Records read so far.</param>
/// <param name="Phase">What it is doing: read, sort, spill, fetch, merge, write.</param>
/// <param name="Status">What its own code last said of itself; null (the default) when it said nothing.</param>
public readonly record struct AttemptSnapshot(double Fraction, long Records, string Phase, string? Status = null);

/// <summary>The master's answer to a renewal.</summary>
public enum RenewAnswer
{
    /// <summary>The lease stands and was extended.</summary>
    Ok,

    /// <summary>The task was given to another attempt, or the job is over: drop the attempt.</summary>
    Lost,

    /// <summary>The job was cancelled: stop the attempt.</summary>
    Cancel,
}

/// <summary>The master's answer to a completion.</summary>
public enum CompleteAnswer
{
    /// <summary>This attempt won its task (now or when it was first reported).</summary>
    Ok,

    /// <summary>Another attempt won, or the lease was given away: drop the files.</summary>
    Stale,
}

/// <summary>Whose fault a failed attempt is.</summary>
public enum FailureKind
{
    /// <summary>User code or its input: counts towards the task's attempts.</summary>
    User,

    /// <summary>The worker: its disk is full, its memory gone. The task goes elsewhere, without blame.</summary>
    Worker,

    /// <summary>Map outputs could not be fetched; <see cref="AttemptFailure.FetchFailures"/> says which.</summary>
    Fetch,
}

/// <summary>Why an attempt failed.</summary>
/// <param name="Kind">Whose fault.</param>
/// <param name="Message">What failed, with ids, value and remedy; at most 4 KB are kept.</param>
/// <param name="IsFinal">True when another attempt cannot do better (the input changed, is corrupt, or is gone): the task is dead at once.</param>
/// <param name="FetchFailures">The map outputs that could not be read.</param>
public sealed record AttemptFailure(FailureKind Kind, string Message, bool IsFinal = false, IReadOnlyList<FetchFailure>? FetchFailures = null);

/// <summary>A map output that could not be read.</summary>
/// <param name="Map">The map task.</param>
/// <param name="Token">The token of the output that was asked for.</param>
/// <param name="Fault">What was wrong with it.</param>
public sealed record FetchFailure(int Map, string Token, FetchFault Fault);

/// <summary>Why a map output could not be read, from what says least of the output to what proves most.</summary>
public enum FetchFault
{
    /// <summary>Its worker did not answer: the worker, the way to it or the reader may be cut off.</summary>
    Unreachable,

    /// <summary>Its worker, or its disk, answered that it is not there.</summary>
    Gone,

    /// <summary>A checksum proved it wrong.</summary>
    Corrupt,
}

/// <summary>The master cannot be reached now; try again.</summary>
public sealed class MasterUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
