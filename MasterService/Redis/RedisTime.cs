namespace MapReduce.MasterService.Redis;

/// <summary>Redis tells time in microseconds since 1970.</summary>
internal static class RedisTime
{
    public static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static TimeSpan Span(long microseconds) => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset Date(long microseconds) => DateTimeOffset.UnixEpoch + Span(microseconds);
}
