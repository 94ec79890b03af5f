namespace MapReduce.MasterService.Admission;

/// <summary>Paths as they are once every link is followed.</summary>
internal static class RealPath
{
    // More than any file system allows in one path; only a loop has more.
    private const int MostLinks = 64;

    /// <summary>The path without links; the part of it that does not exist is kept as it is.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path) => Of(Path.TrimEndingDirectorySeparator(path), MostLinks);

    private static string Of(string path, int linksLeft)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        // The links above come first: a relative link counts from where its directory really is.
        var realParent = Of(parent, linksLeft);
        var real = Path.Combine(realParent, Path.GetFileName(path));
        if (new FileInfo(real).LinkTarget is not { } target) return real;
        if (linksLeft == 0) throw new IOException($"'{path}' is a link that leads back to itself: name the file or directory itself.");
        return Of(Path.GetFullPath(target, realParent), linksLeft - 1);
    }
}
