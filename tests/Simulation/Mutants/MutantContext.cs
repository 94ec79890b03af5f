using System.Reflection;
using System.Runtime.Loader;

namespace Simulation.Mutants;

/// <summary>Loads this simulation a second time, bound to a mutated library.</summary>
internal sealed class MutantContext : AssemblyLoadContext
{
    private readonly byte[] _library;
    private readonly Type _search;

    // Not to be unloaded: tearing one down while another runs has brought the runtime down.
    public MutantContext(byte[] library)
        : base(isCollectible: false)
    {
        _library = library;
        _search = LoadFromAssemblyPath(typeof(Search).Assembly.Location).GetType(typeof(Search).FullName!, throwOnError: true)!;
    }

    /// <inheritdoc cref="Search.FirstFailure"/>
    public (int Seed, string Failure)? FirstFailure(int seeds) => Get<Func<int, (int, string)?>>(nameof(Search.FirstFailure))(seeds);

    /// <inheritdoc cref="Search.Story"/>
    public string Story(int seed) => Get<Func<int, string>>(nameof(Search.Story))(seed);

    protected override Assembly? Load(AssemblyName name)
    {
        if (name.Name != ProductSource.AssemblyName) return null;
        using var stream = new MemoryStream(_library);
        return LoadFromStream(stream);
    }

    private T Get<T>(string name)
        where T : Delegate => _search.GetMethod(name)!.CreateDelegate<T>();
}
