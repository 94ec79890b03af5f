using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>Remembers when an attempt's progress last changed.</summary>
internal sealed class ProgressWatch(TimeSpan limit, TimeProvider time)
{
    private readonly Lock _lock = new();
    private AttemptSnapshot _last;
    private long _signs;
    private long _changedAt = time.GetTimestamp();

    /// <summary>Time left before the limit passes without a change, or a sign of life.</summary>
    public TimeSpan Remaining(AttemptProgress progress)
    {
        var (now, signs) = (progress.Snapshot(), progress.Signs);
        lock (_lock)
        {
            if (now != _last || signs != _signs)
            {
                (_last, _signs) = (now, signs);
                _changedAt = time.GetTimestamp();
            }

            return limit - time.GetElapsedTime(_changedAt);
        }
    }
}
