using System.Collections.Concurrent;
using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Scheduling.Journal;

namespace MapReduce.Scheduling.Coordination;

/// <summary>What the coordinator remembers of a job to save look-ups. All of it can be read again. Safe for concurrent use.</summary>
internal sealed class JobFile(JournalEntry entry, JobJournal journal) : IDisposable
{
    private const int OrderChunk = 1024;

    private readonly ConcurrentDictionary<StageName, WinnersView> _winners = [];
    private readonly Lock _lock = new();
    private MapOutputs? _mapOutputs;
    private PlanReader? _plan;
    private bool _isDisposed;
    private Order _order = new(0, []);

    public JournalEntry Entry => entry;

    /// <summary>A split of those that a step reads.</summary>
    public InputSplit Split(int step, int index) => Read(plan => plan[entry.Maps.Take(step).Sum() + index]);

    public IReadOnlyList<InputSplit> Splits(int step) => Read(plan => (InputSplit[])[.. plan.Skip(entry.Maps.Take(step).Sum()).Take(entry.Maps.ElementAtOrDefault(step))]);

    /// <summary>The tasks that come next in a stage: by descending size for the maps of the input, else by index.</summary>
    public FreshWindow Fresh(int step, TaskKind kind, StageView stage, int count)
    {
        if (step > 0 || kind != TaskKind.Map)
            return new FreshWindow(step, kind, stage.Cursor, ByIndex(stage.Cursor, Math.Min(count, stage.Total - stage.Cursor)));
        var window = _order;
        if (stage.Cursor == stage.Total) return new FreshWindow(step, kind, stage.Cursor, []);
        if (stage.Cursor < window.Start || Math.Min(stage.Cursor + count, stage.Total) > window.Start + window.Tasks.Length)
            _order = window = new Order(stage.Cursor, Read(plan => plan.Order(stage.Cursor, OrderChunk)));
        var first = stage.Cursor - window.Start;
        return new FreshWindow(step, kind, stage.Cursor, new ArraySegment<int>(window.Tasks, first, Math.Min(count, window.Tasks.Length - first)));
    }

    private static int[] ByIndex(int first, int count)
    {
        var tasks = new int[count];
        for (var i = 0; i < count; i++) tasks[i] = first + i;
        return tasks;
    }

    /// <summary>The winners of a stage, at least as new as a version.</summary>
    public async ValueTask<WinnersView> WinnersAsync(ITaskLeaseStore store, int step, TaskKind kind, long version, CancellationToken cancellationToken)
    {
        var stage = new StageName(step, kind);
        if (_winners.TryGetValue(stage, out var known) && known.IsComplete && known.Version == version) return known;
        return _winners[stage] = await store.WinnersAsync(entry.JobId, step, kind, cancellationToken);
    }

    /// <summary>Where the map outputs of a step lie; null while one is missing.</summary>
    public async ValueTask<MapOutputs?> MapOutputsAsync(ITaskLeaseStore store, int step, long version, CancellationToken cancellationToken)
    {
        var winners = await WinnersAsync(store, step, TaskKind.Map, version, cancellationToken);
        if (!winners.IsComplete) return null;
        if (_mapOutputs is { } known && known.Winners == winners) return known;
        return _mapOutputs = new MapOutputs(winners);
    }

    /// <summary>The map outputs that a reduce of a step may have been told of; null when they are unknown.</summary>
    public async ValueTask<MapOutputs?> LastMapOutputsAsync(ITaskLeaseStore store, int step, CancellationToken cancellationToken) =>
        // Another master may have granted the reduce: then this one looks for itself.
        _mapOutputs ?? await MapOutputsAsync(store, step, version: -1, cancellationToken);

    /// <summary>Closes the plan. A call that comes later, or was under way, opens it for itself.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _plan?.Dispose();
            _plan = null;
        }
    }

    private T Read<T>(Func<PlanReader, T> read)
    {
        if (Plan() is { } open)
        {
            try
            {
                return read(open);
            }
            catch (ObjectDisposedException)
            {
                // The job ended meanwhile.
            }
        }
        using var plan = journal.OpenPlan(entry.JobId);
        return read(plan);
    }

    private PlanReader? Plan()
    {
        lock (_lock) return _isDisposed ? null : _plan ??= journal.OpenPlan(entry.JobId);
    }

    private sealed record StageName(int Step, TaskKind Kind);

    // A piece of the order in which the maps of the input are claimed.
    private sealed record Order(int Start, int[] Tasks);
}

/// <summary>Where the map outputs of a step lie.</summary>
internal sealed class MapOutputs(WinnersView winners)
{
    public WinnersView Winners => winners;

    public IReadOnlyList<MapOutputLocation> Locations { get; } =
        [.. winners.Wins.Select(win => new MapOutputLocation(win.Index, win.Token, win.Worker, win.Result.SpanId))];

    /// <summary>Workers that hold at least one.</summary>
    public IReadOnlyList<string> Workers { get; } = [.. winners.Wins.Select(win => win.Worker).Distinct()];

    /// <summary>The worker of the output that a fetch failure names; null when it moved.</summary>
    public string? WorkerOf(FetchFailure fetch) =>
        (uint)fetch.Map < (uint)Locations.Count && Locations[fetch.Map].Token == fetch.Token ? Locations[fetch.Map].Worker : null;
}
