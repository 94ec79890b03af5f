using System.Globalization;

namespace MapReduce.App.Formatting;

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

    /// <summary>Reads a time as people write it: <c>500ms</c>, <c>10s</c>, <c>5m</c> or <c>5min</c>, <c>1.5h</c>, <c>2d</c>.</summary>
    /// <returns>False when the text is no such time, or none that is above zero.</returns>
    public static bool TryParse(string text, out TimeSpan time)
    {
        time = default;
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        double? unit = text[end..].Trim() switch { "ms" => 0.001, "s" => 1, "m" or "min" => 60, "h" => 3600, "d" => 86_400, _ => null };
        if (unit is null || !double.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        // Beyond a hundred years no clock could count it.
        if (number * unit is <= 0 or > 3_153_600_000) return false;
        time = TimeSpan.FromSeconds(number * unit.Value);
        return true;
    }

    /// <summary>A time still to go, without digits that nobody can know: <c>7 s</c>, <c>4 min 05 s</c>.</summary>
    public static string FormatRough(TimeSpan time) => time.TotalSeconds < 60 ? $"{Math.Ceiling(time.TotalSeconds):0} s" : Format(time);
}
