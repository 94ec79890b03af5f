namespace MapReduce.App.Formatting;

/// <summary>Columns of text, each as wide as its longest cell.</summary>
internal static class Table
{
    /// <summary>Writes rows of equally many cells, each line after an indent.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows, string indent = "  ")
    {
        if (rows.Count == 0) return;
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            output.WriteLine((indent + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))).TrimEnd());
    }
}
