namespace MapReduce.App;

/// <summary>What a person sees of a bug: one line, and a file to send.</summary>
internal static class BugReport
{
    private const string Where = "the issue tracker of the repository that mapreduce came from";

    /// <summary>Says what happened and where to report it.</summary>
    /// <returns><see cref="ExitCode.Bug"/>.</returns>
    public static int Write(Exception bug, TextWriter error)
    {
        error.WriteLine($"This is a bug in mapreduce, not in your job: {bug.GetType().Name}: {bug.Message}");
        if (TrySave(bug) is { } file)
            error.WriteLine($"Please report it with the file {file} at {Where}.");
        else
            error.WriteLine($"Please report it at {Where}, with this:{Environment.NewLine}{bug}");
        return ExitCode.Bug;
    }

    private static string? TrySave(Exception bug)
    {
        try
        {
            // In a folder of its own that only its owner may enter: in the common one somebody could have planted a link of a name that can be guessed.
            var file = Path.Combine(Directory.CreateTempSubdirectory("mapreduce-bug-").FullName, "report.txt");
            File.WriteAllText(file, $"""
                mapreduce {typeof(BugReport).Assembly.GetName().Version}, .NET {Environment.Version}, {Environment.OSVersion}, {Environment.ProcessorCount} processors
                {Environment.CommandLine}
                {bug}

                """);
            return file;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
