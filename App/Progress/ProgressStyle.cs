namespace MapReduce.App.Progress;

/// <summary>How progress is shown to a person.</summary>
/// <param name="UsesBars">Bars that move; otherwise a line now and then.</param>
/// <param name="UsesColor">Colour in the bars.</param>
internal readonly record struct ProgressStyle(bool UsesBars, bool UsesColor)
{
    /// <summary>
    /// Bars need a terminal that can move its cursor and somebody before it: not a pipe, not <c>TERM=dumb</c>, not CI.
    /// <c>NO_COLOR</c> takes the colour only (no-color.org: any value but an empty one counts).
    /// </summary>
    public static ProgressStyle Choose(bool isRedirected, Func<string, string?> environment)
    {
        var bars = !isRedirected && !IsSet("CI") && environment("TERM") != "dumb";
        return new ProgressStyle(bars, bars && !IsSet("NO_COLOR"));

        bool IsSet(string name) => !string.IsNullOrEmpty(environment(name));
    }
}
