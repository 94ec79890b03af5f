using System.Security.Cryptography;

namespace AppHost.Tests.Scenarios;

/// <summary>What is in a directory, in a form that can be compared.</summary>
internal static class Snapshot
{
    /// <summary>A line for each file and directory: its path and, of a file, when it was written and a hash of its content.</summary>
    public static IReadOnlyList<string> Of(string directory) =>
        [.. Directory.GetFileSystemEntries(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => Line(directory, path))];

    private static string Line(string directory, string path)
    {
        var name = Path.GetRelativePath(directory, path);
        return Directory.Exists(path) ? name : $"{name} {File.GetLastWriteTimeUtc(path):O} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}";
    }
}
