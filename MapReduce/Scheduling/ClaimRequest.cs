using MapReduce.Protocol;

namespace MapReduce.Scheduling;

/// <summary>A worker's wish for tasks of one job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="WorkerId">Who asks.</param>
/// <param name="Max">Tasks at most.</param>
/// <param name="Nonce">64 random bits, drawn by the caller: the second part of the tokens.</param>
/// <param name="Fresh">Which tasks come next, if the cursor stands where the caller saw it.</param>
/// <param name="AvoidsOwnFailures">True when a task that this worker failed is left to others for the time of one lease.</param>
public sealed record ClaimRequest(string JobId, string WorkerId, int Max, ulong Nonce, FreshWindow Fresh, bool AvoidsOwnFailures);

/// <summary>
/// A piece of the order in which the tasks of a stage are to be started (largest split first). The store keeps only a
/// cursor into that order, so that the order itself, a word a task, never has to be stored.
/// </summary>
/// <param name="Step">The step that the caller saw.</param>
/// <param name="Kind">The stage that the caller saw.</param>
/// <param name="Start">The position of the first entry in the order.</param>
/// <param name="Tasks">Task indices from there on.</param>
public readonly record struct FreshWindow(int Step, TaskKind Kind, int Start, IReadOnlyList<int> Tasks);

/// <summary>The tasks that were leased.</summary>
/// <param name="Tasks">In the order in which they are to be run.</param>
/// <param name="IsBehind">True when tasks are left that the window did not cover: look again.</param>
public sealed record ClaimGrant(IReadOnlyList<GrantedTask> Tasks, bool IsBehind)
{
    /// <summary>No task.</summary>
    public static ClaimGrant None { get; } = new([], false);
}

/// <summary>One leased task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Token">The attempt's token, <c>attempt.nonce64</c>.</param>
/// <param name="Attempt">The attempt's number, from 1.</param>
/// <param name="IsBackup">True beside a slow attempt.</param>
/// <param name="Version">The version, at that moment, of the winners whose outputs the task reads: the maps, for a reduce; the step before, for a map of a later step; else 0.</param>
public sealed record GrantedTask(TaskId Task, string Token, int Attempt, bool IsBackup, long Version);
