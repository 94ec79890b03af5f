namespace MapReduce.Testing;

/// <summary>A clock that goes on only when it is told to: hours of leases and back-offs pass in no time. For one thread.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("A cluster that is stepped waits for nothing.");

    public void Advance(TimeSpan by) => _elapsed += by;
}
