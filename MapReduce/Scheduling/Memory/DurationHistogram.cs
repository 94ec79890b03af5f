using System.Numerics;

namespace MapReduce.Scheduling.Memory;

/// <summary>
/// How long tasks took, in buckets that grow by an eighth to a quarter: a median good to 12 % in constant space, however
/// many tasks. Durations below a millisecond count as one.
/// </summary>
internal sealed class DurationHistogram
{
    private readonly int[] _buckets = new int[256];
    private int _count;

    public void Add(TimeSpan duration)
    {
        _buckets[Bucket((ulong)Math.Max(1, (long)duration.TotalMilliseconds))]++;
        _count++;
    }

    /// <summary>The median; zero when nothing was added.</summary>
    public TimeSpan Median()
    {
        if (_count == 0) return TimeSpan.Zero;
        var seen = 0;
        for (var bucket = 0; ; bucket++)
        {
            seen += _buckets[bucket];
            if (seen * 2L >= _count) return TimeSpan.FromMilliseconds(LowerBound(bucket));
        }
    }

    public DurationHistogram Clone()
    {
        var copy = new DurationHistogram { _count = _count };
        _buckets.CopyTo(copy._buckets, 0);
        return copy;
    }

    // Four buckets a power of two: the exponent and the two bits below the leading one.
    private static int Bucket(ulong milliseconds)
    {
        var exponent = BitOperations.Log2(milliseconds);
        var fraction = exponent >= 2 ? (int)(milliseconds >> (exponent - 2)) & 3 : (int)(milliseconds << (2 - exponent)) & 3;
        return exponent * 4 + fraction;
    }

    private static double LowerBound(int bucket) => Math.Pow(2, bucket >> 2) * (1 + (bucket & 3) / 4.0);
}
