using FsCheck;
using FsCheck.Fluent;

namespace MapReduce.Tests.Serialization;

public class DateTimeCodecTests : FoundCodecProperties<DateTime>
{
    protected override Gen<DateTime> Values =>
        from ticks in Times.Ticks from kind in Gen.Elements(DateTimeKind.Utc, DateTimeKind.Unspecified) select new DateTime(ticks, kind);

    protected override int Compare(DateTime left, DateTime right) => left.Ticks.CompareTo(right.Ticks);

    protected override DateTime Canonical(DateTime value) => DateTime.SpecifyKind(value, DateTimeKind.Utc);

    [Fact]
    public void Encode_LocalTime_ComesBackAsItsUtc()
    {
        var local = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Local);
        Assert.Equal(local.ToUniversalTime(), RoundTrip.Of(local));
        Assert.Equal(DateTimeKind.Utc, RoundTrip.Of(local).Kind);
    }
}

public class DateTimeOffsetCodecTests : FoundCodecProperties<DateTimeOffset>
{
    protected override Gen<DateTimeOffset> Values =>
        from ticks in Times.Ticks
        from hours in Gen.Choose(-14, 14)
        select new DateTimeOffset(Math.Clamp(ticks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.Zero).ToOffset(TimeSpan.FromHours(hours));

    protected override int Compare(DateTimeOffset left, DateTimeOffset right) => left.CompareTo(right);

    protected override DateTimeOffset Canonical(DateTimeOffset value) => value.ToUniversalTime();
}

public class DateOnlyCodecTests : FoundCodecProperties<DateOnly>
{
    protected override Gen<DateOnly> Values => Gen.OneOf(Gen.Choose(0, DateOnly.MaxValue.DayNumber), Gen.Choose(700_000, 700_004)).Select(DateOnly.FromDayNumber);

    protected override int Compare(DateOnly left, DateOnly right) => left.CompareTo(right);
}

public class TimeOnlyCodecTests : FoundCodecProperties<TimeOnly>
{
    protected override Gen<TimeOnly> Values => Times.Ticks.Select(ticks => new TimeOnly(ticks % TimeSpan.TicksPerDay));

    protected override int Compare(TimeOnly left, TimeOnly right) => left.CompareTo(right);
}

public class TimeSpanCodecTests : FoundCodecProperties<TimeSpan>
{
    protected override Gen<TimeSpan> Values => Nasty.Integers<long>().Select(ticks => new TimeSpan(ticks));

    protected override int Compare(TimeSpan left, TimeSpan right) => left.CompareTo(right);
}

internal static class Times
{
    public static Gen<long> Ticks { get; } = Gen.OneOf(
        Nasty.Bits<long>().Select(bits => (bits & long.MaxValue) % (DateTime.MaxValue.Ticks + 1)),
        Gen.Elements(0, 1, DateTime.MaxValue.Ticks, DateTime.UnixEpoch.Ticks),
        Gen.Choose(0, 300).Select(ticks => (long)ticks));
}
