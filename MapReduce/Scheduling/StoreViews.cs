using MapReduce.Protocol;

namespace MapReduce.Scheduling;

/// <summary>What a claim or a tick must know of all jobs.</summary>
/// <param name="LiveWorkers">Registered workers.</param>
/// <param name="Jobs">The jobs that have not ended, by submit time.</param>
public sealed record ClusterView(int LiveWorkers, IReadOnlyList<JobView> Jobs)
{
    /// <summary>The jobs that are missing above because nobody can read them.</summary>
    public IReadOnlyList<BrokenJobException> Broken { get; init; } = [];
}

/// <summary>A job at one moment.</summary>
public sealed record JobView
{
    /// <summary>What was submitted.</summary>
    public required JobShape Shape { get; init; }

    /// <summary>Where it is; terminal only after <see cref="ITaskLeaseStore.FinishAsync"/>.</summary>
    public required JobState State { get; init; }

    /// <summary>The current step.</summary>
    public required int Step { get; init; }

    /// <summary>The stage of the current step whose tasks may be claimed; null when there is none.</summary>
    public required TaskKind? Claimable { get; init; }

    /// <summary>The sampling stage of the current step.</summary>
    public required StageView Sample { get; init; }

    /// <summary>The map stage of the current step.</summary>
    public required StageView Map { get; init; }

    /// <summary>The reduce stage of the current step.</summary>
    public required StageView Reduce { get; init; }

    /// <summary>Attempts that run now.</summary>
    public required int Running { get; init; }

    /// <summary>Attempts by their end.</summary>
    public required AttemptCounts Attempts { get; init; }

    /// <summary>Time since it was submitted.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>Time until the first waiting retry is due, zero when one is; null when none waits.</summary>
    public TimeSpan? NextRetry { get; init; }

    /// <summary>The range boundaries of the current step, once sampled.</summary>
    public byte[]? Boundaries { get; init; }

    /// <summary>The task that makes the job fail; null unless there is one.</summary>
    public DeadTask? Dead { get; init; }

    /// <summary>True after <see cref="ITaskLeaseStore.CancelAsync"/>.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Workers that failed at this job and did not succeed since.</summary>
    public IReadOnlyList<FailingWorker> FailingWorkers { get; init; } = [];

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Error { get; init; }

    /// <summary>When it ended, for people; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>True when there is a task to claim, now or when its retry is due.</summary>
    public bool HasWork => Dead is null && !IsCancelled && Claimable is { } kind && this[kind] is var stage && (stage.Waiting > 0 || stage.Cursor < stage.Total);

    /// <summary>The stage of a kind.</summary>
    public StageView this[TaskKind kind] => kind switch { TaskKind.Sample => Sample, TaskKind.Map => Map, _ => Reduce };
}

/// <summary>The tasks of one stage.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Cursor">How many of the stage's order were claimed at least once.</param>
/// <param name="Waiting">Queued again: failed, lost, invalidated, or waiting for a backup attempt.</param>
/// <param name="Running">With at least one attempt running.</param>
/// <param name="Done">With a winner.</param>
public readonly record struct StageView(int Total, int Cursor, int Waiting, int Running, int Done);

/// <summary>A task that will not be tried again.</summary>
/// <param name="Task">The task.</param>
/// <param name="Error">What happened and how often.</param>
public sealed record DeadTask(TaskId Task, string Error);

/// <summary>A worker that fails at a job.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Failures">User failures in a row.</param>
/// <param name="IsWorkerFault">True when it blamed itself: its disk is full, for instance.</param>
/// <param name="Age">Time since the last failure.</param>
public readonly record struct FailingWorker(string WorkerId, int Failures, bool IsWorkerFault, TimeSpan Age);

/// <summary>The attempts that run.</summary>
/// <param name="Median">Median time of the done tasks of the current stage; zero when there is none.</param>
/// <param name="Runs">In the order in which they were granted.</param>
public sealed record RunningView(TimeSpan Median, IReadOnlyList<RunView> Runs)
{
    /// <summary>No attempt runs, no task is done.</summary>
    public static RunningView None { get; } = new(TimeSpan.Zero, []);
}

/// <summary>A running attempt.</summary>
/// <param name="Task">The task.</param>
/// <param name="Token">The attempt.</param>
/// <param name="WorkerId">Who runs it.</param>
/// <param name="Age">Time since it was granted.</param>
/// <param name="IsBackup">True when it was started beside a slow one.</param>
/// <param name="Progress">As last reported.</param>
public sealed record RunView(TaskId Task, string Token, string WorkerId, TimeSpan Age, bool IsBackup, AttemptSnapshot Progress);

/// <summary>A worker as the store knows it.</summary>
/// <param name="Registration">As it announced itself.</param>
/// <param name="IsLive">False when the registration lapsed or was ended.</param>
/// <param name="IsDraining">True when it was asked to claim no more tasks.</param>
/// <param name="Age">Time since it last registered.</param>
public sealed record WorkerView(WorkerRegistration Registration, bool IsLive, bool IsDraining, TimeSpan Age);

/// <summary>A task as people see it.</summary>
/// <param name="Task">The task.</param>
/// <param name="State">Where it is.</param>
/// <param name="Attempts">Attempts granted so far.</param>
/// <param name="Failures">Of user code.</param>
/// <param name="Deaths">Of workers that ran it.</param>
/// <param name="WorkerId">Who won it, or else who runs its first attempt; null when nobody.</param>
/// <param name="Bytes">Of the winner's output; 0 when there is none.</param>
/// <param name="LastError">Of its last failed attempt; null when none failed.</param>
public sealed record TaskView(TaskId Task, TaskState State, int Attempts, int Failures, int Deaths, string? WorkerId = null, long Bytes = 0, string? LastError = null);

/// <summary>A piece of a job's ledger.</summary>
/// <param name="Events">Oldest first.</param>
/// <param name="IsTruncated">True when events between the one asked for and the first of these are no longer kept.</param>
public sealed record LedgerView(IReadOnlyList<AttemptEvent> Events, bool IsTruncated);

/// <summary>Something that happened to an attempt.</summary>
/// <param name="Id">1, 2, 3 … within the job.</param>
/// <param name="At">When, by the store's clock.</param>
/// <param name="Kind">What.</param>
/// <param name="Task">The task.</param>
/// <param name="Token">The attempt.</param>
/// <param name="WorkerId">Who ran it.</param>
/// <param name="Message">Why it failed, or its win was taken back; null otherwise. At most 4 KB.</param>
public sealed record AttemptEvent(long Id, DateTimeOffset At, AttemptEventKind Kind, TaskId Task, string Token, string WorkerId, string? Message = null);

/// <summary>What can happen to an attempt, in the order in which it can.</summary>
public enum AttemptEventKind
{
    /// <summary>A worker got the lease.</summary>
    Granted,

    /// <summary>A worker got the lease of a second attempt beside a slow one.</summary>
    Backup,

    /// <summary>It won its task.</summary>
    Committed,

    /// <summary>It reported a failure.</summary>
    Failed,

    /// <summary>It was stopped: its twin won, or it was given back.</summary>
    Killed,

    /// <summary>Its lease ran out.</summary>
    Lost,

    /// <summary>Its win was taken back: its output is gone or corrupt.</summary>
    Invalidated,
}
