namespace MapReduce;

/// <summary>Where a plan begins.</summary>
public static class Job
{
    /// <summary>The input as lines: each ends with LF or CRLF, the last of a file perhaps with neither. Files that end in .gz, .br or .deflate are decompressed.</summary>
    public static Lines ReadLines() => new();
}
