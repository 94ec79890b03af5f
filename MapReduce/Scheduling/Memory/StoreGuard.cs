namespace MapReduce.Scheduling.Memory;

/// <summary>
/// Watches over the watch: leases that ran out while nobody looked (masters away, the store paused or restored) may belong
/// to workers that could not renew, so that they get one longest lease of grace. Registrations are renewed every few seconds,
/// however short the leases: they get 10 s at least.
/// </summary>
internal sealed class StoreGuard
{
    private static readonly long LongestPause = TimeSpan.FromSeconds(3).Ticks, LeastForWorkers = TimeSpan.FromSeconds(10).Ticks;

    private long? _lastTick;
    private long _graceUntil, _workersUntil;

    /// <summary>Notes a tick.</summary>
    /// <returns>Whether the watch was interrupted before it, and whether a grace lasts for leases and for registrations.</returns>
    public (bool IsChanged, bool IsGrace, bool IsWorkersGrace) Tick(long now, long longestLease)
    {
        var isChanged = _lastTick is not { } last || now - last > LongestPause;
        if (isChanged) (_graceUntil, _workersUntil) = (now + longestLease, now + Math.Max(longestLease, LeastForWorkers));
        _lastTick = now;
        return (isChanged, now < _graceUntil, now < _workersUntil);
    }

    /// <summary>The store's memory is not what it was at the last tick.</summary>
    public void Forget() => _lastTick = null;
}
