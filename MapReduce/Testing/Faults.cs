using MapReduce.Protocol;

namespace MapReduce.Testing;

/// <summary>What can go wrong with an attempt.</summary>
internal enum Fault
{
    None,

    /// <summary>It fails before its work.</summary>
    FailsAtOnce,

    /// <summary>It fails when all of its work is done.</summary>
    FailsAtItsEnd,

    /// <summary>It reports when its lease has long been given to another.</summary>
    IsLate,

    /// <summary>The answer to its report is lost, and it reports again.</summary>
    IsReportedTwice,

    /// <summary>Its worker dies before it reports.</summary>
    IsLost,

    /// <summary>Its worker dies after it reported, and takes its map outputs along.</summary>
    TakesItsWorker,
}

/// <summary>Which attempts go wrong, and how: all of it follows from a seed.</summary>
/// <param name="random">Null for no fault at all.</param>
internal sealed class Faults(Random? random)
{
    // Below what a job forgives: four failures of one task end it.
    private const int MostOfATask = 3, Most = 40;

    private static readonly Fault[] Kinds = Enum.GetValues<Fault>();

    private readonly Dictionary<TaskId, int> _ofTask = [];
    private int _count;

    /// <summary>How the next attempt at a task goes.</summary>
    public Fault Next(TaskId task)
    {
        if (random is null || _count >= Most || _ofTask.GetValueOrDefault(task) >= MostOfATask) return Fault.None;
        // About every second attempt goes well.
        var fault = random.Next(2) == 0 ? Fault.None : Kinds[random.Next(Kinds.Length)];
        if (fault == Fault.None) return fault;
        _count++;
        _ofTask[task] = _ofTask.GetValueOrDefault(task) + 1;
        return fault;
    }

    /// <summary>The worker that asks next.</summary>
    public string Choose(IReadOnlyList<string> workers) => workers[random?.Next(workers.Count) ?? 0];

    /// <summary>Whether what is late comes now.</summary>
    public bool ComesNow() => random is not null && random.Next(3) == 0;
}
