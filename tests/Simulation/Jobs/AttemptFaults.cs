using MapReduce.Protocol;
using Simulation.Faults;
using Simulation.World;

namespace Simulation.Jobs;

/// <summary>What goes wrong in the attempts of one worker.</summary>
internal sealed class AttemptFaults(VirtualWorld world, FaultProfile faults, IAttemptWatch watch)
{
    // A fourth would rightly end the job.
    private const int MostFailures = 3;
    private const int Records = 4;

    /// <summary>How many times longer than usual the next phase takes.</summary>
    public double Slowness => (world.Chance(faults.Straggler) ? 100 : 1) * (faults.IsQuick ? 0.05 : faults.Scope.Pace);

    /// <summary>Whether an attempt never looks whether it is cancelled: it goes on, whoever has its lease by now.</summary>
    public bool IsDeaf() => world.Chance(faults.Straggler / 2);

    /// <summary>Whether an attempt shows no progress for longer than it may.</summary>
    public bool Stalls(TaskLease lease)
    {
        if (!MayFail(lease) || !world.Chance(faults.Straggler / 20)) return false;
        watch.Failed(lease);
        return true;
    }

    /// <summary>What befalls an attempt's code.</summary>
    public CodeFault? Draw(TaskLease lease)
    {
        var isPoisoned = faults.Poison == lease.Task.Index && lease.Task.Kind == TaskKind.Map;
        if (!isPoisoned && !(MayFail(lease) && world.Chance(faults.AttemptFailure))) return null;
        watch.Failed(lease);
        return new CodeFault(world.Random.Next(Records), () => throw new FormatException(isPoisoned ? "poisoned record" : "user code threw"));
    }

    /// <summary>The code is cancelled at one of its records; it looks, or the engine does.</summary>
    public CodeFault Stop(CancellationTokenSource stop)
    {
        var looks = world.Chance(0.5);
        return new CodeFault(world.Random.Next(Records), () =>
        {
            stop.Cancel();
            if (looks) stop.Token.ThrowIfCancellationRequested();
        });
    }

    /// <summary>Whether a map output rots after it was written.</summary>
    public bool Rots(TaskLease lease) => lease is { Task.Kind: TaskKind.Map, Reducers: > 0 } && world.Chance(faults.Corruption);

    /// <summary>Whether the worker dies in this attempt.</summary>
    public bool Dies() => world.Chance(faults.AttemptDeath) && watch.MayDie();

    private bool MayFail(TaskLease lease) => watch.FailuresOf(lease.JobId, lease.Task) < MostFailures;
}
