using System.Globalization;

namespace Simulation.Faults;

/// <summary>One thing that happens to a node, the store, the network or a disk.</summary>
/// <param name="Number">Its place among those of its seed.</param>
/// <param name="Kind">What happens.</param>
/// <param name="At">When.</param>
/// <param name="Lasts">How long, for what ends again.</param>
internal sealed record Blow(int Number, BlowKind Kind, TimeSpan At, TimeSpan Lasts)
{
    private static readonly BlowKind[] Kinds = Enum.GetValues<BlowKind>(),
        InCommit = [BlowKind.MastersDieInCommit, BlowKind.MasterStallsInCommit, BlowKind.PowerFailsInCommit, BlowKind.StoreWipedInCommit];

    /// <summary>By what it is left out, and how a trace calls it.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Kind}#{Number}");

    /// <summary>True for what waits for a commit, from the start on: most jobs commit within seconds.</summary>
    public bool WaitsForCommit => InCommit.Contains(Kind);

    /// <summary>Draws blows; the time within which they fall is often much less than it may be.</summary>
    public static IReadOnlyList<Blow> Draw(Random random, Scope scope)
    {
        var within = (scope.Within / 12) + (random.NextDouble() * scope.Within);
        // In most runs the store keeps its memory: without it, many a mistake would be forgiven.
        var mayForget = random.NextDouble() < 0.3;
        var blows = new List<Blow>();
        for (var left = random.Next(scope.LeastBlows, scope.MostBlows + 1); left > 0; left--)
        {
            var kinds = blows.Count == 0 && random.NextDouble() < scope.InCommit ? InCommit : Kinds;
            var kind = kinds[random.Next(kinds.Length)];
            var blow = new Blow(blows.Count, kind, TimeSpan.FromSeconds(random.NextDouble() * within), TimeSpan.FromSeconds(1 + (random.NextDouble() * (scope.LongestOutage - 1))));
            if (mayForget || kind < BlowKind.StoreWiped) blows.Add(blow);
        }

        return blows;
    }
}

/// <summary>What may happen.</summary>
internal enum BlowKind
{
    WorkerDies,
    WorkerDiesAtFailPoint,
    WorkerPauses,
    WorkerStallsAtFailPoint,
    WorkerLeaves,
    WorkerIsDrained,
    WorkerLosesPower,
    WorkerLosesPowerAtFailPoint,
    WorkerDiskFull,
    MapOutputVanishes,
    PartVanishes,

    MasterDies,
    MasterDiesAtFailPoint,
    MasterPauses,
    MasterStallsAtFailPoint,
    MasterLosesPower,
    MasterLosesPowerAtFailPoint,
    SharedDiskFull,

    // Right after the outcome was published: the time until the last rename is short, and the one that matters most.
    MastersDieInCommit,
    MasterStallsInCommit,
    PowerFailsInCommit,

    RequestsLost,
    AnswersLost,
    FetchesFail,

    StorePauses,

    // From here on the store forgets.
    StoreWiped,
    StoreWipedInCommit,
    StoreRestored,
    StoreFailsOver,
    StoreSplits,
    Blackout,
}
