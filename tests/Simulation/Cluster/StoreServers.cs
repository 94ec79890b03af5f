using MapReduce.Scheduling;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>
/// The servers of the lease store: one that all masters use, and another that takes over. It may forget, go back in time, fall
/// silent, and for a while there may be two that both believe to be the only one.
/// </summary>
internal sealed class StoreServers
{
    private static readonly TimeSpan LooksAgain = TimeSpan.FromSeconds(0.5), Patience = TimeSpan.FromSeconds(5);

    private readonly VirtualWorld _world;
    private readonly StoreReplica _one, _other;
    private readonly HashSet<Node> _strays = [];
    private StoreReplica _primary;
    private bool _isPaused;

    public StoreServers(VirtualWorld world, TimeSpan clocksApart, Func<InMemoryTaskLeaseStore, Checks.StoreBooks> books)
    {
        _world = world;
        _primary = _one = new StoreReplica(world, "store-1", TimeSpan.Zero, books);
        _other = new StoreReplica(world, "store-2", clocksApart, books);
    }

    /// <summary>The server that a new master would find.</summary>
    public StoreReplica Primary => _primary;

    private StoreReplica Standby => _primary == _one ? _other : _one;

    /// <summary>The server that a master talks to.</summary>
    /// <returns>Null when none answered in time.</returns>
    public async ValueTask<StoreReplica?> ReachAsync(Node master)
    {
        for (var waited = TimeSpan.Zero; _isPaused; waited += LooksAgain)
        {
            if (waited >= Patience) return null;
            await new Wait(master, LooksAgain);
        }

        return _strays.Contains(master) ? Standby : _primary;
    }

    public void Pause(TimeSpan lasts)
    {
        if (_isPaused) return;
        _world.Log($"the store pauses for {lasts.TotalSeconds:F1} s");
        _isPaused = true;
        _world.Later(lasts, () =>
        {
            _world.Log($"the store resumes");
            _isPaused = false;
        });
    }

    public void Wipe()
    {
        _world.Log($"the store loses its memory");
        _primary.Store.Wipe();
        _primary.Books.Rebuild();
    }

    /// <summary>Goes back to what it is now, after a while.</summary>
    public void RestoreLater(TimeSpan later)
    {
        _world.Log($"the store is saved");
        var saved = _primary.Store.Snapshot();
        _world.Later(later, () =>
        {
            _world.Log($"the store goes back to what was saved");
            _primary.Store.Restore(saved);
            _primary.Books.Rebuild();
        });
    }

    /// <summary>The standby takes over, without the last writes.</summary>
    public void FailOver(TimeSpan lostWrites)
    {
        if (_strays.Count > 0) return;
        var copied = _primary.Store.Snapshot();
        _world.Later(lostWrites, () =>
        {
            if (_strays.Count > 0) return;
            _world.Log($"the store fails over to {Standby.Name}, {lostWrites.TotalSeconds:F3} s of writes are lost");
            _primary = Standby;
            _primary.Store.Restore(copied);
            _primary.Books.Rebuild();
        });
    }

    /// <summary>The standby takes over for all masters but those given, which go on with the old primary for a while. What that one is told is lost.</summary>
    public void Split(IEnumerable<Node> masters, TimeSpan lasts)
    {
        if (_strays.Count > 0) return;
        _strays.UnionWith(masters);
        var copied = _primary.Store.Snapshot();
        _primary = Standby;
        _world.Log($"the store splits for {lasts.TotalSeconds:F1} s: {_primary.Name} takes over, {Standby.Name} goes on for {string.Join(", ", _strays.Select(node => node.Name))}");
        _primary.Store.Restore(copied);
        _primary.Books.Rebuild();
        _world.Later(lasts, () =>
        {
            _world.Log($"the store is one again");
            _strays.Clear();
        });
    }
}
