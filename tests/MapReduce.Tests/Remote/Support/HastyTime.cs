namespace MapReduce.Tests.Remote.Support;

/// <summary>
/// A clock on which the pauses between tries are over as soon as they begin, while time limits pass only when told to: so
/// no test waits, and none depends on how fast the machine is. Safe for concurrent use.
/// </summary>
internal sealed class HastyTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly List<Pending> _pending = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <summary>Lets the time limits of this length run out.</summary>
    public void RunOut(TimeSpan limit)
    {
        List<Pending> due;
        lock (_lock) due = [.. _pending.Where(timer => timer.Due == limit)];
        Interlocked.Add(ref _ticks, limit.Ticks);
        foreach (var timer in due) timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Pending(this, callback, state, dueTime);
        if (dueTime <= LongestPause && dueTime >= TimeSpan.Zero)
        {
            Interlocked.Add(ref _ticks, dueTime.Ticks);
            ThreadPool.UnsafeQueueUserWorkItem(_ => timer.Fire(), null);
        }
        else
        {
            lock (_lock) _pending.Add(timer);
        }
        return timer;
    }

    private sealed class Pending(HastyTime time, TimerCallback callback, object? state, TimeSpan due) : ITimer
    {
        public TimeSpan Due => due;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (time._lock) time._pending.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
