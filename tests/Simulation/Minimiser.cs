namespace Simulation;

/// <summary>Leaves out the faults of a failing seed, one after the other, that it fails without.</summary>
internal static class Minimiser
{
    /// <returns>The names of what can be left out, all together.</returns>
    public static IReadOnlySet<string> Minimise(ScenarioResult failing)
    {
        var without = new HashSet<string>();
        // The largest pieces first: halves, quarters, single faults.
        for (var piece = Math.Max(1, failing.Faults.Count / 2); ; piece /= 2)
        {
            foreach (var some in failing.Faults.Where(fault => !without.Contains(fault)).Chunk(piece).ToList())
            {
                without.UnionWith(some);
                if (Scenario.Run(failing.Seed, without).Failure is null) without.ExceptWith(some);
            }

            if (piece == 1) return without;
        }
    }

    /// <summary>The whole story of a failure: what, how to replay it, the shortest form found, its trace.</summary>
    public static string Describe(ScenarioResult failing, int lines = 80)
    {
        var without = Minimise(failing);
        var least = Scenario.Run(failing.Seed, without, isTraced: true);
        var replay = $"dotnet run -c Release --project tests/Simulation -- --seed {failing.Seed}";
        var shorter = without.Count == 0 ? "" : $"\nleast:  {replay} --without {string.Join(',', without)}";
        return $"seed {failing.Seed} failed: {failing.Failure}\nreplay: {replay}{shorter}\nwith:   {string.Join(", ", least.Faults)}\n{least.Trace.Tail(lines)}\n{least.Failure}";
    }
}
