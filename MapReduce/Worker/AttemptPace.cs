namespace MapReduce.Worker;

/// <summary>How long a worker's last attempts took. Safe for concurrent use.</summary>
internal sealed class AttemptPace
{
    private const int Window = 16, Enough = 4;
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly bool[] _wasFast = new bool[Window];
    private int _count;

    /// <summary>True when the median of the last attempts is under 100 ms.</summary>
    public bool IsFast
    {
        get
        {
            lock (_lock)
            {
                var known = Math.Min(_count, Window);
                return known >= Enough && _wasFast.AsSpan(0, known).Count(true) * 2 > known;
            }
        }
    }

    public void Add(TimeSpan duration)
    {
        lock (_lock) _wasFast[_count++ % Window] = duration < Fast;
    }
}
