using MapReduce.Protocol;

namespace Simulation.Jobs;

/// <summary>Keeps the books on what workers run.</summary>
internal interface IAttemptWatch
{
    /// <summary>A worker has begun an attempt.</summary>
    void Started(TaskLease lease, string worker);

    /// <summary>The user code of an attempt is about to fail, or to stall for longer than a task may.</summary>
    void Failed(TaskLease lease);

    /// <summary>How often attempts at a task did so.</summary>
    int FailuresOf(string jobId, TaskId task);

    /// <summary>Whether one more worker may die in an attempt: where no end of deaths is, no job ends.</summary>
    bool MayDie();
}
