namespace MapReduce.Input;

/// <summary>Writes byte counts as they are written on the command line.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>In the largest unit of which the count is a whole number: 64MiB, 1000B.</summary>
    public static string Exactly(long bytes)
    {
        var unit = 0;
        for (; bytes != 0 && bytes % 1024 == 0 && unit < Units.Length - 1; unit++) bytes /= 1024;
        return $"{bytes}{Units[unit]}";
    }
}
