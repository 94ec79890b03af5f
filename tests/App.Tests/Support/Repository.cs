namespace App.Tests.Support;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The full path of a file of it.</summary>
    public static string File(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "MapReduce.sln"))) return Path.Combine(folder.FullName, path);
        throw new DirectoryNotFoundException($"No MapReduce.sln in {AppContext.BaseDirectory} or above it: run the tests from a checkout.");
    }
}
