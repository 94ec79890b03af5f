using Xunit.Abstractions;

namespace Simulation.Mutants;

/// <summary>The test of the test: a simulation that finds nothing proves something only if it finds what is there.</summary>
public class MutantTests(MutantTests.Library library, ITestOutputHelper output) : IClassFixture<MutantTests.Library>
{
    private const int CleanSeeds = 300;

    public static TheoryData<string> Names => [.. Catalog.All.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Simulation_Mutant_IsFoundWithinItsSeeds(string name)
    {
        var mutant = Catalog.All.Single(each => each.Name == name);
        var found = Find(mutant);
        Assert.True(found is not null, $"'{name}' ({mutant.Why}) was not found in {mutant.Seeds} seeds: which invariant, or which fault, would find it?");
        output.WriteLine($"seed {found.Value.Seed}: {found.Value.Failure}");
    }

    // Were the second copy broken by itself, every mutant would be found.
    [Fact]
    public void Simulation_LibraryAsItStands_IsClean() =>
        Assert.Null(Find(new Mutant("none", "", CleanSeeds)));

    private (int Seed, string Failure)? Find(Mutant mutant) => library.Source.Mutate(mutant).FirstFailure(mutant.Seeds);

    public sealed class Library
    {
        internal ProductSource Source { get; } = new();
    }
}
