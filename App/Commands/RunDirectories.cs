using MapReduce.App.Formatting;

namespace MapReduce.App.Commands;

/// <summary>Whether the directories that a run writes can be written, found out before the run.</summary>
internal static class RunDirectories
{
    private const string Remedy = "choose another directory, or make this one writable.";

    /// <summary>What is wrong with the output and the work directory; each problem names path, reason and remedy.</summary>
    public static IEnumerable<string> Problems(RunRequest request)
    {
        if (Problem("--output", request.Output) is { } output) yield return output;
        if (request.WorkDirectory is { } work && Problem("--work-dir", work) is { } scratch) yield return scratch;
    }

    /// <summary>The words for what the check could not foresee.</summary>
    public static string Refused(RunRequest request, Exception refused)
    {
        var work = request.WorkDirectory is { } directory ? $" or --work-dir {ShellWord.Quote(directory)}" : "";
        return $"--output {ShellWord.Quote(request.Output)}{work} cannot be used: {Reason(refused)}: {Remedy}";
    }

    private static string? Problem(string option, string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var name = $"{option} {ShellWord.Quote(path)}";
        if (File.Exists(full)) return $"{name} is a file: name a directory, new or empty.";
        var nearest = full;
        while (!Path.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent) nearest = parent;
        if (File.Exists(nearest)) return $"{name} cannot be made: {nearest} is a file, not a directory: name a path below a directory.";
        try
        {
            // Only what exists is tried: to make directories and take them away again could disturb another run.
            using var probe = new ProbeFile(nearest);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"{name} cannot be written: no file can be made in {nearest} ({Reason(refused)}): {Remedy}";
        }
    }

    private static string Reason(Exception refused) => refused switch
    {
        UnauthorizedAccessException => "access is denied",
        PathTooLongException => "a name is too long",
        DirectoryNotFoundException or FileNotFoundException => "the system makes no files there",
        _ => refused.Message.TrimEnd('.'),
    };
}
