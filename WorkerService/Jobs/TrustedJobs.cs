using System.Reflection;
using System.Runtime.Loader;
using MapReduce.WorkerService.Hosting;

namespace MapReduce.WorkerService.Jobs;

/// <summary>The jobs that a worker runs: those that are built in, and those of the assemblies that its configuration trusts.</summary>
internal static class TrustedJobs
{
    /// <summary>Loads the assemblies, each with its own dependencies.</summary>
    /// <exception cref="WorkerStartException">An assembly cannot be loaded, has no job, or two jobs have one name.</exception>
    public static JobCatalog Load(JobCatalog builtIn, IEnumerable<string> assemblies)
    {
        var owners = builtIn.Jobs.ToDictionary(job => job.Name, _ => "the built-in jobs", StringComparer.Ordinal);
        var jobs = builtIn.Jobs.ToList();
        foreach (var path in assemblies)
        {
            foreach (var job in JobsOf(path))
            {
                if (!owners.TryAdd(job.Name, $"'{path}'"))
                    throw new WorkerStartException($"Job '{job.Name}' of '{path}' has the name of one of {owners[job.Name]}: rename one of the two.");
                jobs.Add(job);
            }
        }

        return new JobCatalog(jobs);
    }

    private static List<JobDefinition> JobsOf(string path)
    {
        try
        {
            var jobs = new JobAssembly(path).Open().GetExportedTypes().SelectMany(StaticProperties).SelectMany(JobsOf).Distinct().ToList();
            return jobs.Count > 0 ? jobs
                : throw new WorkerStartException($"'{path}' has no job: give a public class a public static property of type {nameof(JobCatalog)} or {nameof(JobDefinition)}.");
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException or TargetInvocationException)
        {
            throw new WorkerStartException($"The jobs of '{path}' cannot be loaded: {(error.InnerException ?? error).Message}", error);
        }
    }

    private static IEnumerable<PropertyInfo> StaticProperties(Type type) =>
        type.ContainsGenericParameters ? [] : type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

    private static IEnumerable<JobDefinition> JobsOf(PropertyInfo property)
    {
        if (property.PropertyType == typeof(JobCatalog)) return ((JobCatalog?)property.GetValue(null))?.Jobs ?? [];
        return property.PropertyType == typeof(JobDefinition) && property.GetValue(null) is JobDefinition job ? [job] : [];
    }

    /// <summary>Finds an assembly's dependencies beside it; the library itself stays the worker's, or its types would be strangers here.</summary>
    private sealed class JobAssembly(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
    {
        private readonly AssemblyDependencyResolver _dependencies = new(path);

        public Assembly Open() => LoadFromAssemblyPath(path);

        protected override Assembly? Load(AssemblyName name)
        {
            if (Default.Assemblies.Any(loaded => loaded.GetName().Name == name.Name)) return null;
            return _dependencies.ResolveAssemblyToPath(name) is { } found ? LoadFromAssemblyPath(found) : null;
        }
    }
}
