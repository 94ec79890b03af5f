using MapReduce.Counters;
using MapReduce.Memory;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Spill;

/// <summary>What an attempt has to work with: its share of memory, a folder of its own for runs, its counters.</summary>
/// <param name="Files">The disk.</param>
/// <param name="Directory">The attempt's scratch folder; deleted with all in it when the attempt ends.</param>
/// <param name="Memory">Bytes that its buffers may take.</param>
/// <param name="Pool">Where large buffers come from.</param>
/// <param name="Counters">Written as the attempt goes.</param>
/// <param name="Progress">Told of every block read.</param>
/// <param name="Cancellation">Looked at once for each block or run.</param>
internal sealed record Workspace(
    IFileSystem Files, string Directory, long Memory, MemoryPool Pool, AttemptCounters Counters, AttemptProgress Progress, CancellationToken Cancellation) : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private int _runs;

    /// <summary>The engine's own failure, if there was one; shared by all that was made from one workspace.</summary>
    public AttemptFault Fault { get; } = new();

    public int BlockSize => RunFormat.BlockSize(Memory);

    public int FanIn => RunFormat.FanIn(Memory);

    /// <summary>Takes over what must not outlive the attempt, however that ends: a process, for instance.</summary>
    public void Own(IDisposable resource) => _owned.Add(resource);

    /// <summary>Ends what the attempt owns, the last first and all of it, whatever one throws. Copies of a workspace own the same.</summary>
    public void Dispose()
    {
        if (_owned.Count == 0) return;
        var last = _owned[^1];
        _owned.RemoveAt(_owned.Count - 1);
        try
        {
            last.Dispose();
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>A new file name for a run.</summary>
    public string NewRunPath() => Path.Combine(Directory, $"run-{_runs++:D5}");

    public RunWriter NewRun() => new(this, NewRunPath());

    public RunReader Read(string path, long offset, long length, long records) => new(this, path, offset, length, records);
}
