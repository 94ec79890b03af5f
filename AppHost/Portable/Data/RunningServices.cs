using MapReduce.AppHost.Portable.Processes;

namespace MapReduce.AppHost.Portable.Data;

/// <summary>Keeps the <see cref="ClusterFile"/> true. Safe for concurrent use.</summary>
internal sealed class RunningServices(string path, Uri master)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, RunningService> _services = new(StringComparer.Ordinal);

    /// <summary>Notes that a service runs as a process, or, with null, that it runs no longer.</summary>
    public void Set(string name, int? pid)
    {
        lock (_lock)
        {
            if (pid is { } id && ProcessBirth.Of(id) is { } birth) _services[name] = new RunningService(name, id, birth);
            else _services.Remove(name);
            new ClusterFile(master.ToString(), [.. _services.Values]).Write(path);
        }
    }
}
