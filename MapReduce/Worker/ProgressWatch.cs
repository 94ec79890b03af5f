using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>Remembers when an attempt's progress last changed.</summary>
internal sealed class ProgressWatch(TimeSpan limit, TimeProvider time)
{
    private readonly Lock _lock = new();
    private AttemptSnapshot _last;
    private long _changedAt = time.GetTimestamp();

    /// <summary>Time left before the limit passes without a change.</summary>
    public TimeSpan Remaining(AttemptSnapshot now)
    {
        lock (_lock)
        {
            if (now != _last)
            {
                _last = now;
                _changedAt = time.GetTimestamp();
            }

            return limit - time.GetElapsedTime(_changedAt);
        }
    }
}
