namespace MapReduce.Cli.Formatting;

/// <summary>Times as people read them.</summary>
internal static class Durations
{
    /// <summary><c>0.84 s</c>, <c>12.3 s</c>, <c>4 min 05 s</c>, <c>3 h 07 min</c>.</summary>
    public static string Format(TimeSpan time) => time.TotalSeconds switch
    {
        < 9.995 => $"{time.TotalSeconds:0.00} s",
        < 59.95 => $"{time.TotalSeconds:0.0} s",
        < 3600 => $"{(int)time.TotalMinutes} min {time.Seconds:00} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:00} min",
    };

    /// <summary>A time still to go, without digits that nobody can know: <c>7 s</c>, <c>4 min 05 s</c>.</summary>
    public static string FormatRough(TimeSpan time) => time.TotalSeconds < 60 ? $"{Math.Ceiling(time.TotalSeconds):0} s" : Format(time);
}
