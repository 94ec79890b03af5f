using System.Diagnostics.CodeAnalysis;

namespace MapReduce;

/// <summary>Jobs by name. Immutable, safe for concurrent use.</summary>
public sealed class JobCatalog
{
    private readonly Dictionary<string, JobDefinition> _byName = new(StringComparer.Ordinal);

    /// <summary>Makes a catalog.</summary>
    /// <param name="jobs">The jobs, in the order in which a list shows them.</param>
    /// <exception cref="ArgumentException">Two jobs have one name.</exception>
    public JobCatalog(params IEnumerable<JobDefinition> jobs)
    {
        Jobs = [.. jobs];
        foreach (var job in Jobs)
            if (!_byName.TryAdd(job.Name, job)) throw new ArgumentException($"Two jobs are named '{job.Name}': rename one.", nameof(jobs));
    }

    /// <summary>The jobs, in the order in which they were given.</summary>
    public IReadOnlyList<JobDefinition> Jobs { get; }

    /// <summary>Finds a job by its exact name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out JobDefinition? job) => _byName.TryGetValue(name, out job);

    /// <summary>The name that was probably meant by one that is not in the catalog; null when none is near.</summary>
    public string? Suggest(string name) => NearestName.Find(name, _byName.Keys);
}
