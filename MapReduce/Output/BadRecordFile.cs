using System.Text;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>The files in which map tasks save the records that they left out: a JSON object a line, under a name that readers of the output skip.</summary>
internal static class BadRecordFile
{
    public const string Name = "_bad-records";

    /// <summary>How many an error names.</summary>
    public const int Shown = 3;

    private const int LongestRead = 1 << 20;

    public static string Describe(string path, long offset, string reason) => $"'{path}' at offset {offset}: {reason}";

    /// <summary>The error of an attempt or a job that left out more than it may.</summary>
    public static string TooMany(long found, long limit, IReadOnlyList<string> first) =>
        $"{found} records are bad, more than the {limit} that may be skipped (SkipBadRecords): {string.Join("; ", first)}{(found > first.Count ? "; ..." : "")}. Mend the input or the mapper, or allow more.";

    /// <summary>The first of the bad records that the winners of a job saved.</summary>
    public static IReadOnlyList<string> First(IFileSystem files, string output, string jobId, IEnumerable<Winner> winners)
    {
        var found = new List<string>();
        foreach (var winner in winners)
        {
            foreach (var file in winner.Files.Where(file => file.Name.StartsWith(Name, StringComparison.Ordinal)))
            {
                found.AddRange(Read(files, Path.Combine(OutputPaths.Attempt(output, jobId, winner.Task, winner.Token), file.Name)).Take(Shown - found.Count));
                if (found.Count == Shown) return found;
            }
        }

        return found;
    }

    private static IEnumerable<string> Read(IFileSystem files, string path)
    {
        using var file = files.OpenRead(path);
        var bytes = new byte[Math.Min(file.Length, LongestRead)];
        var lines = Encoding.UTF8.GetString(bytes, 0, file.Read(bytes, 0)).Split('\n');
        // The last is empty, or what did not fit.
        return [.. lines[..^1].Take(Shown).Select(line => Json.Read(Encoding.UTF8.GetBytes(line), bad => Describe(bad.Text("file"), bad.GetProperty("offset").GetInt64(), bad.Text("reason"))))];
    }
}
