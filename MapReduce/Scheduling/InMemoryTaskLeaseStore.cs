using MapReduce.Protocol;
using MapReduce.Scheduling.Memory;

namespace MapReduce.Scheduling;

/// <summary>
/// The lease store of a cluster with one master, and of local runs: the same rules as the shared store, in this process's
/// memory. Safe for concurrent use: one lock, held for microseconds. Every call completes before it returns.
/// </summary>
/// <param name="time">The clock: leases are measured by its timestamps, so that a change of the wall clock ends none.</param>
public sealed partial class InMemoryTaskLeaseStore(TimeProvider time) : ITaskLeaseStore
{
    private static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly StoreGuard _guard = new();
    private readonly long _origin = time.GetTimestamp();
    private StoreState _state = new();
    private bool _isPaused;

    /// <summary>A copy of all that the store knows now.</summary>
    public StoreSnapshot Snapshot()
    {
        lock (_lock) return new StoreSnapshot(_state.Clone());
    }

    /// <summary>Sets the store back to a snapshot, as a shared store that comes back with old data, in a new epoch. A snapshot may be used many times.</summary>
    public void Restore(StoreSnapshot snapshot)
    {
        lock (_lock)
        {
            _state = snapshot.State.Clone();
            _state.ForgetEpoch();
            _guard.Forget();
        }
    }

    /// <summary>Forgets everything, as a shared store that comes back empty.</summary>
    public void Wipe()
    {
        lock (_lock)
        {
            _state = new StoreState();
            _guard.Forget();
        }
    }

    /// <summary>Makes every call fail with <see cref="MasterUnavailableException"/> until <see cref="Resume"/>; leases run on meanwhile.</summary>
    public void Pause()
    {
        lock (_lock) _isPaused = true;
    }

    /// <summary>Ends a pause.</summary>
    public void Resume()
    {
        lock (_lock) _isPaused = false;
    }

    private ValueTask<T> Run<T>(Func<StoreState, long, T> call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Step(call, cancellationToken));

    private ValueTask Run(Action<StoreState, long> call, CancellationToken cancellationToken)
    {
        Step((state, now) => { call(state, now); return true; }, cancellationToken);
        return ValueTask.CompletedTask;
    }

    // One call, one atomic step.
    private T Step<T>(Func<StoreState, long, T> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_isPaused) throw new MasterUnavailableException("The lease store is paused; try again after it was resumed.");
            return call(_state, time.GetElapsedTime(_origin).Ticks);
        }
    }
}

/// <summary>What a store knew at one moment. Never changes.</summary>
public sealed class StoreSnapshot
{
    internal StoreSnapshot(StoreState state) => State = state;

    internal StoreState State { get; }
}
