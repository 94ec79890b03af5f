using System.Globalization;
using MapReduce.Protocol;
using MapReduce.Remote.Http;
using MapReduce.Remote.Wire;
using MapReduce.Shuffle;

namespace MapReduce.Remote;

/// <summary>
/// The newest table of map outputs of each step that this worker reduces, fetched once for each version, however many
/// leases ask for it at a time. Safe for concurrent use.
/// </summary>
internal sealed class MapOutputsCache(MasterConnection master, WorkerDirectory workers)
{
    // A million maps are 24 MB.
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string JobId, int Step), Fetched> _tables = [];

    /// <summary>A table at least as new as a version; null when the master has none, because a map runs again or the job has ended.</summary>
    public async Task<MapOutputsTable?> FindAsync(string jobId, int step, long version, CancellationToken cancellationToken)
    {
        var fetched = Find((jobId, step), version);
        try
        {
            // The fetch is shared: one caller that leaves must not take it from the others.
            var table = await fetched.Table.WaitAsync(cancellationToken);
            if (table is null) Drop((jobId, step), fetched);
            return table;
        }
        catch (Exception) when (fetched.Table.IsCompleted && !fetched.Table.IsCompletedSuccessfully)
        {
            Drop((jobId, step), fetched);
            throw;
        }
    }

    /// <summary>Forgets the tables of a job.</summary>
    public void Forget(string jobId)
    {
        lock (_lock)
        {
            foreach (var key in _tables.Keys.Where(key => key.JobId == jobId).ToList()) _tables.Remove(key);
        }
    }

    private Fetched Find((string JobId, int Step) key, long version)
    {
        lock (_lock)
        {
            if (_tables.TryGetValue(key, out var known) && known.Version == version) return known;
            return _tables[key] = new Fetched(version, FetchAsync(key.JobId, key.Step, version));
        }
    }

    private void Drop((string JobId, int Step) key, Fetched fetched)
    {
        lock (_lock)
        {
            if (_tables.TryGetValue(key, out var now) && now == fetched) _tables.Remove(key);
        }
    }

    private async Task<MapOutputsTable?> FetchAsync(string jobId, int step, long version)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{MasterApi.MapOutputsOf(jobId, step)}?version={version}");
        try
        {
            var table = await master.SendAsync(MasterCall.Get(path, MasterRole.Worker) with { Timeout = FetchTimeout }, ReadAsync, CancellationToken.None);
            foreach (var worker in table.Workers) workers.Learn(worker);
            return table;
        }
        catch (MasterRefusedException gone) when (gone.Status is 404 or 409)
        {
            return null;
        }
    }

    private static async Task<MapOutputsTable> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return MapOutputsFormat.Read(bytes);
        }
        catch (InvalidDataException broken)
        {
            throw new MasterUnavailableException(broken.Message, broken);
        }
    }

    private sealed record Fetched(long Version, Task<MapOutputsTable?> Table);
}
