using System.Globalization;

namespace Simulation.Mutants;

/// <summary>What <c>--mutants</c> prints: each mutant, the seed that found it, and what the simulation said.</summary>
internal static class MutantTable
{
    /// <param name="name">Only the mutants whose name contains it, each with the story of its seed; null for the table of all.</param>
    /// <returns>True when each was found within its seeds.</returns>
    public static bool Print(string? name)
    {
        var source = new ProductSource();
        var missed = 0;
        foreach (var mutant in Catalog.All.Where(mutant => name is null || mutant.Name.Contains(name, StringComparison.Ordinal)))
        {
            var mutated = source.Mutate(mutant);
            var found = mutated.FirstFailure(mutant.Seeds);
            if (found is null) missed++;
            var seed = found is { } at ? at.Seed.ToString(CultureInfo.InvariantCulture) : $"none of {mutant.Seeds}";
            Console.WriteLine($"{mutant.Name,-40} {seed,-12} {found?.Failure.Split('\n')[0]}");
            if (name is not null && found is not null) Console.WriteLine(mutated.Story(found.Value.Seed));
        }

        Console.WriteLine(missed == 0 ? "every mutant was found" : $"{missed} mutants were not found");
        return missed == 0;
    }
}
