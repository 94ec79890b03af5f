using MapReduce.Output;
using MapReduce.Protocol;

namespace MapReduce.Scheduling;

/// <summary>The store's answer to a completion.</summary>
/// <param name="Answer">Ok for the winner, else stale.</param>
/// <param name="EndsStage">True when it was the last task of its stage, so that other tasks may have become free.</param>
public sealed record Completion(CompleteAnswer Answer, bool EndsStage);

/// <summary>What a failure led to.</summary>
public enum FailAnswer
{
    /// <summary>The attempt had been given up before: nothing changed.</summary>
    Ignored,

    /// <summary>The attempt ended; the task waits for its retry or goes on in its twin.</summary>
    Retried,

    /// <summary>The task is dead, and with it its job.</summary>
    Dead,
}

/// <summary>What a tick found.</summary>
/// <param name="IsGuardChanged">True when the store lost its memory or its watch was interrupted: journals must be compared with it.</param>
/// <param name="LostWorkers">Workers without a registration whose map outputs must be invalidated.</param>
/// <param name="Expired">Attempts given up because their leases ran out.</param>
public sealed record ReapAnswer(bool IsGuardChanged, IReadOnlyList<string> LostWorkers, int Expired)
{
    /// <summary>The jobs whose attempts could not be looked at.</summary>
    public IReadOnlyList<BrokenJobException> Broken { get; init; } = [];
}

/// <summary>The winner of a task.</summary>
/// <param name="Index">The task.</param>
/// <param name="Token">The winner's token.</param>
/// <param name="Worker">The worker that ran it.</param>
/// <param name="Result">What it left behind, without its counters: those are in the totals.</param>
public sealed record TaskWin(int Index, string Token, string Worker, AttemptResult Result);

/// <summary>The winners of a stage.</summary>
/// <param name="Version">Changes with every win that is made or taken back; made of the winners' tokens, so that other winners never bring the same one, even in a store that lost its memory.</param>
/// <param name="IsComplete">True when every task of the stage has a winner.</param>
/// <param name="Wins">By task.</param>
public sealed record WinnersView(long Version, bool IsComplete, IReadOnlyList<TaskWin> Wins);

/// <summary>All that an outcome of success is made of.</summary>
/// <param name="Winners">The winners of all steps that left files, by step, kind and number of their tasks.</param>
/// <param name="Counters">Totals of all winners of the job.</param>
public sealed record JobResult(IReadOnlyList<Winner> Winners, IReadOnlyDictionary<string, long> Counters);
