namespace Simulation.Mutants;

/// <summary>Looks for a seed that fails, on all processors.</summary>
internal static class Search
{
    /// <summary>Runs seeds from 0 until one fails.</summary>
    /// <returns>The lowest seed that fails, how, and what happened before; null when none does.</returns>
    public static (int Seed, string Failure, string Story)? FirstFailure(int seeds)
    {
        var found = new (int Seed, string Failure, string Story)?[seeds];
        Parallel.For(0, seeds, (seed, loop) =>
        {
            // All seeds below the one that breaks the loop are run to their ends.
            if ((found[seed] = Try(seed)) is not null) loop.Break();
        });
        return Array.Find(found, each => each is not null);
    }

    private static (int Seed, string Failure, string Story)? Try(int seed)
    {
        var result = Scenario.Run(seed);
        return result.Failure is { } failure ? (seed, failure, Minimiser.Describe(result)) : null;
    }
}
