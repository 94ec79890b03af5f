namespace AppHost.Tests.Scenarios.Jobs;

/// <summary>Runs of the built-in jobs, to be compared with local ones.</summary>
public static class JobRuns
{
    private static readonly string[] Division = ["--reducers", "3", "--split-size", "64KiB"];

    /// <summary>Each job with settings that take different ways through it.</summary>
    public static TheoryData<string, string[]> All => new()
    {
        { "wordcount", [] },
        { "wordcount", ["words=letters", "case=lower"] },
        { "grep", ["pattern=error [0-9]+"] },
        { "grep", ["pattern=ERROR", "literal=true", "ignoreCase=true", "count=true"] },
        { "inverted-index", [] },
        { "sort", [] },
        { "sort", ["key=2,2", "numeric=true", "reverse=true"] },
        { "distinct", [] },
        { "histogram", ["width=10", "--skip-bad-records=100000"] },
        { "top", ["count=5"] },
    };

    /// <summary>Runs a job locally and by a command that knows a cluster, and compares the parts.</summary>
    internal static async Task CompareAsync(Command command, string folder, string job, string[] settings, string? input = null)
    {
        input ??= EdgeInputs.Write(Directory.CreateDirectory(Path.Combine(folder, "input")).FullName);
        var expected = await RunAsync(Command.Local, Path.Combine(folder, "local"), job, settings, input);
        var actual = await RunAsync(command, Path.Combine(folder, "cluster"), job, settings, input);
        Assert.Equal(expected.Select(part => part.Name), actual.Select(part => part.Name));
        Assert.All(expected.Zip(actual), pair => Assert.True(pair.First.Bytes.SequenceEqual(pair.Second.Bytes), $"{pair.First.Name} differs from the local run's."));
    }

    private static async Task<List<(string Name, byte[] Bytes)>> RunAsync(Command command, string output, string job, string[] settings, string input)
    {
        await command.RunAsync(["run", job, input, "--output", output, .. Division, .. settings.Select(setting => setting.StartsWith("--", StringComparison.Ordinal) ? setting : $"--set={setting}")]);
        Assert.True(File.Exists(Path.Combine(output, "_SUCCESS")), $"'{output}' has no _SUCCESS.");
        return [.. Directory.GetFiles(output, "part-*").Order(StringComparer.Ordinal).Select(part => (Path.GetFileName(part), File.ReadAllBytes(part)))];
    }
}
