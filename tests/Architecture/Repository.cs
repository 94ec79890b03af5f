using System.Reflection;

namespace Architecture;

/// <summary>The source tree that this test was built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>All C# files of a folder, as paths from the root with forward slashes; what the build makes is left out.</summary>
    public static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    /// <summary>The folders at the top that hold projects, as they are on disk.</summary>
    public static IEnumerable<string> TopFolders => Directory.EnumerateDirectories(Root)
        .Select(folder => Path.GetFileName(folder)!)
        .Where(name => !name.StartsWith('.') && name is not ("artifacts" or "TestResults"))
        .Order(StringComparer.Ordinal);

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>The library.</summary>
    public static Assembly Library { get; } = typeof(MapReduce.JobPlan).Assembly;

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MapReduce.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No MapReduce.sln in {start} or above it: run the tests from a checkout.");
    }
}
