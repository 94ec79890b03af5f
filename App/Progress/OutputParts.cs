namespace MapReduce.App.Progress;

/// <summary>The parts of a finished output.</summary>
internal static class OutputParts
{
    /// <summary>Their file names in the order of the parts.</summary>
    public static IReadOnlyList<string> Names(string output)
    {
        if (!Directory.Exists(output)) return [];
        var names = new DirectoryInfo(output).EnumerateFiles("part-*").Select(file => file.Name).ToList();
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>True for a part that a reduce task wrote.</summary>
    public static bool IsReduced(string name) => name.StartsWith("part-r-", StringComparison.Ordinal);
}
