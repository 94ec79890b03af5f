using Simulation.Jobs;

namespace Simulation.Faults;

/// <summary>
/// How much there is in a schedule. Most bugs show with few tasks on few machines, if enough goes wrong at once; a small
/// schedule takes half as many steps. What needs more tasks, or a longer silence, is left to the large ones.
/// </summary>
internal sealed class Scope
{
    private const int LargeEvery = 4;

    public static Scope Large { get; } = new();

    public static Scope Small { get; } = new()
    {
        MostWorkers = 2,
        Jobs = [.. TinyJob.All.Where(job => job.Splits <= 3)],
        LoneJobs = 0.7,
        LeastBlows = 1,
        MostBlows = 4,
        InCommit = 0.5,
        Within = 5,
        LongestOutage = 30,
        ReplacedWithin = 3,
        Pace = 0.25,
        QuietEnd = TimeSpan.FromSeconds(3),
        Watched = 0.03,
    };

    /// <summary>Workers at most.</summary>
    public int MostWorkers { get; private init; } = 4;

    /// <summary>What may be submitted.</summary>
    public IReadOnlyList<TinyJob> Jobs { get; private init; } = TinyJob.All;

    /// <summary>Of all schedules, those that have one job whatever else might be drawn.</summary>
    public double LoneJobs { get; private init; }

    /// <summary>Blows at least, unless nothing goes wrong at all.</summary>
    public int LeastBlows { get; private init; }

    /// <summary>Blows at most.</summary>
    public int MostBlows { get; private init; } = 11;

    /// <summary>In how many the first blow falls in a commit, beside those in which it happens to.</summary>
    public double InCommit { get; private init; }

    /// <summary>Seconds within which they fall at most, and a twelfth more.</summary>
    public double Within { get; private init; } = 60;

    /// <summary>Seconds that a blow lasts at most.</summary>
    public double LongestOutage { get; private init; } = 45;

    /// <summary>Seconds after which a node that died is replaced at the latest.</summary>
    public double ReplacedWithin { get; private init; } = 20;

    /// <summary>How much of the usual time attempts take.</summary>
    public double Pace { get; private init; } = 1;

    /// <summary>How long a schedule goes on when all is over.</summary>
    public TimeSpan QuietEnd { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many go on, if no node died, for so long that every worker must have asked for tasks again.</summary>
    public double Watched { get; private init; } = 0.3;

    /// <summary>One seed in four is that of a large schedule.</summary>
    public static Scope Of(int seed) => seed % LargeEvery == 0 ? Large : Small;
}
