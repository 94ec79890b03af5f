namespace MapReduce.App.Progress;

/// <summary>Shares the width of a terminal between name, bar, share and detail of a phase, so that each takes one line.</summary>
internal static class BarLayout
{
    // The longest name, "100%", a space after each of three columns, and the last cell, where a terminal may wrap.
    private const int Fixed = 14 + 4 + 3 + 1;
    private const int LeastBar = 10, MostBar = 30, UsualDetail = 70;

    /// <summary>Cells of the bar: it gives way to the words.</summary>
    public static int Bar(int width) => Math.Clamp(width - Fixed - UsualDetail, LeastBar, MostBar);

    /// <summary>As many parts of a detail, from the first, as fit beside the bar; parts are divided by commas.</summary>
    public static string Detail(string text, int width)
    {
        var room = Math.Max(0, width - Fixed - Bar(width));
        while (text.Length > room && text.LastIndexOf(", ", StringComparison.Ordinal) is > 0 and var comma) text = text[..comma];
        return text.Length <= room ? text : text[..room];
    }
}
