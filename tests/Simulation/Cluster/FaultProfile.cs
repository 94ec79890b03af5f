using Simulation.World;

namespace Simulation.Cluster;

/// <summary>What goes wrong in one simulation, drawn from its seed.</summary>
internal sealed record FaultProfile
{
    /// <summary>Probability that a message, or its answer, gets lost.</summary>
    public double Drop { get; init; }

    /// <summary>Probability that a message arrives twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>Probability that a call of the store, or its answer, gets lost.</summary>
    public double StoreDrop { get; init; }

    /// <summary>Probability that an attempt fails by its user code.</summary>
    public double AttemptFailure { get; init; }

    /// <summary>Probability that a map output rots after it was written.</summary>
    public double Corruption { get; init; }

    /// <summary>Probability that an attempt takes a hundred times as long.</summary>
    public double Straggler { get; init; }

    /// <summary>True when attempts take some milliseconds only, so that workers claim them in batches.</summary>
    public bool IsQuick { get; init; }

    /// <summary>How many blows fall: crashes, pauses, store faults.</summary>
    public int Blows { get; init; }

    /// <summary>The seconds within which they fall.</summary>
    public double BlowsWithin { get; init; } = 60;

    /// <summary>True when the store may lose its memory, wholly or back to an earlier moment.</summary>
    public bool StoreForgets { get; init; }

    /// <summary>The map task that can never succeed; null in most runs.</summary>
    public int? Poison { get; init; }

    /// <summary>When somebody cancels the job; null in most runs.</summary>
    public TimeSpan? CancelAt { get; init; }

    public bool IsCalm => Drop == 0 && Duplicate == 0 && StoreDrop == 0 && AttemptFailure == 0 && Corruption == 0 && Straggler == 0 && Blows == 0 && CancelAt is null && Poison is null;

    public static FaultProfile Draw(VirtualWorld world)
    {
        // One run in twenty is calm: it must show that nothing runs twice without a reason.
        if (world.Chance(0.05)) return new FaultProfile();
        var random = world.Random;
        return new FaultProfile
        {
            Drop = world.Chance(0.5) ? random.NextDouble() * 0.1 : 0,
            Duplicate = world.Chance(0.5) ? random.NextDouble() * 0.1 : 0,
            StoreDrop = world.Chance(0.3) ? random.NextDouble() * 0.02 : 0,
            AttemptFailure = world.Chance(0.4) ? random.NextDouble() * 0.2 : 0,
            Corruption = world.Chance(0.3) ? random.NextDouble() * 0.2 : 0,
            IsQuick = world.Chance(0.2),
            Straggler = world.Chance(0.3) ? random.NextDouble() * 0.2 : 0,
            Blows = random.Next(12),
            BlowsWithin = 5 + (random.NextDouble() * 60),
            StoreForgets = world.Chance(0.3),
            Poison = world.Chance(0.05) ? 0 : null,
            CancelAt = world.Chance(0.1) ? world.Between(0, 30) : null,
        };
    }
}
