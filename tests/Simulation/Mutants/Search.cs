namespace Simulation.Mutants;

/// <summary>Looks for a seed that fails, on all processors.</summary>
internal static class Search
{
    /// <summary>Runs seeds from 0 until one fails.</summary>
    /// <returns>The lowest seed that fails, and how; null when none does.</returns>
    public static (int Seed, string Failure)? FirstFailure(int seeds)
    {
        var found = new string?[seeds];
        Parallel.For(0, seeds, (seed, loop) =>
        {
            // All seeds below the one that breaks the loop are run to their ends.
            if ((found[seed] = Failure(seed)) is not null) loop.Break();
        });
        var first = Array.FindIndex(found, failure => failure is not null);
        return first < 0 ? null : (first, found[first]!);
    }

    /// <summary>What happens in a seed that fails, with as few faults as it needs.</summary>
    public static string Story(int seed) => Minimiser.Describe(Scenario.Run(seed));

    // A simulation that a bug brings down has found it, too.
    private static string? Failure(int seed)
    {
        try
        {
            return Scenario.Run(seed).Failure;
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }
}
