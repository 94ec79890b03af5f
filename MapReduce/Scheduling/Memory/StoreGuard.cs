using MapReduce.Scheduling.Policy;

namespace MapReduce.Scheduling.Memory;

/// <summary>
/// Watches over the watch: leases that ran out while nobody looked (masters away, the store paused or restored) may belong
/// to workers that could not renew, so that they get one longest lease of grace. Registrations are renewed every few seconds,
/// however short the leases: they get 10 s at least.
/// </summary>
internal sealed class StoreGuard
{
    private static readonly long LeastForWorkers = TimeSpan.FromSeconds(10).Ticks;

    private long? _lastTick;
    private long _graceUntil, _workersUntil;

    /// <summary>Notes a tick.</summary>
    /// <param name="now">The time.</param>
    /// <param name="shortestLease">Of the active jobs: the measure of an outage.</param>
    /// <param name="longestLease">Of the active jobs: the length of a grace.</param>
    /// <returns>Whether the watch was interrupted before it, and whether a grace lasts for leases and for registrations.</returns>
    public (bool IsChanged, bool IsGrace, bool IsWorkersGrace) Tick(long now, TimeSpan shortestLease, TimeSpan longestLease)
    {
        var isChanged = _lastTick is not { } last || now - last > GuardPolicy.LongestPause(shortestLease).Ticks;
        if (isChanged) (_graceUntil, _workersUntil) = (now + longestLease.Ticks, now + Math.Max(longestLease.Ticks, LeastForWorkers));
        _lastTick = now;
        return (isChanged, now < _graceUntil, now < _workersUntil);
    }

    /// <summary>The store's memory is not what it was at the last tick.</summary>
    public void Forget() => _lastTick = null;
}
