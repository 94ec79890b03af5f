namespace MapReduce.Serialization;

/// <summary>
/// Times as their ticks in UTC. A local time is converted by the time zone of the machine, one without a kind is taken as UTC;
/// what is decoded is always UTC.
/// </summary>
internal readonly struct DateTimeMapping : IMapping<DateTime, long>
{
    public static long To(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime().Ticks : value.Ticks;

    public static DateTime From(long other) => new(Ticks.Check(other, DateTime.MaxValue.Ticks, typeof(DateTime)), DateTimeKind.Utc);
}

/// <summary>Instants: the same moment is one key, whatever its offset from UTC; what is decoded has the offset 0.</summary>
internal readonly struct DateTimeOffsetMapping : IMapping<DateTimeOffset, long>
{
    public static long To(DateTimeOffset value) => value.UtcTicks;

    public static DateTimeOffset From(long other) => new(Ticks.Check(other, DateTime.MaxValue.Ticks, typeof(DateTimeOffset)), TimeSpan.Zero);
}

/// <summary>Dates as their day numbers.</summary>
internal readonly struct DateOnlyMapping : IMapping<DateOnly, int>
{
    public static int To(DateOnly value) => value.DayNumber;

    public static DateOnly From(int other) => DateOnly.FromDayNumber((int)Ticks.Check(other, DateOnly.MaxValue.DayNumber, typeof(DateOnly)));
}

/// <summary>Times of day as their ticks.</summary>
internal readonly struct TimeOnlyMapping : IMapping<TimeOnly, long>
{
    public static long To(TimeOnly value) => value.Ticks;

    public static TimeOnly From(long other) => new(Ticks.Check(other, TimeOnly.MaxValue.Ticks, typeof(TimeOnly)));
}

/// <summary>Durations as their ticks.</summary>
internal readonly struct TimeSpanMapping : IMapping<TimeSpan, long>
{
    public static long To(TimeSpan value) => value.Ticks;

    public static TimeSpan From(long other) => new(other);
}

/// <summary>Refuses what no time encodes to.</summary>
internal static class Ticks
{
    public static long Check(long value, long most, Type type)
    {
        if (value < 0 || value > most) Malformed.Throw(type, $"{value} is not between 0 and {most}");
        return value;
    }
}
