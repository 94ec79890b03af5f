using System.Reflection;
using System.Runtime.Loader;

namespace Simulation.Mutants;

/// <summary>Loads this simulation a second time, bound to a mutated library.</summary>
internal sealed class MutantContext(byte[] library) : AssemblyLoadContext(isCollectible: true)
{
    /// <summary>Runs seeds against the mutated library.</summary>
    public (int Seed, string Failure, string Story)? FirstFailure(int seeds)
    {
        var copy = LoadFromAssemblyPath(typeof(MutantContext).Assembly.Location);
        var search = copy.GetType(typeof(Search).FullName!)!.GetMethod(nameof(Search.FirstFailure))!.CreateDelegate<Func<int, (int, string, string)?>>();
        return search(seeds);
    }

    protected override Assembly? Load(AssemblyName name)
    {
        if (name.Name != "MapReduce.Core") return null;
        using var stream = new MemoryStream(library);
        return LoadFromStream(stream);
    }
}
