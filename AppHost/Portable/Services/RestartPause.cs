namespace MapReduce.AppHost.Portable.Services;

/// <summary>How long to wait before a service is started again: half a second, doubled up to ten while it dies young.</summary>
internal sealed class RestartPause(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // Who has run so long died of something new.
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(30);

    private long _started;
    private TimeSpan _next = First;

    public void Started() => _started = time.GetTimestamp();

    public TimeSpan Next()
    {
        if (time.GetElapsedTime(_started) >= Young) _next = First;
        var now = _next;
        _next = TimeSpan.FromTicks(Math.Min(2 * _next.Ticks, Longest.Ticks));
        return now;
    }
}
