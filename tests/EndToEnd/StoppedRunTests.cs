using System.Diagnostics;
using EndToEnd.Support;

namespace EndToEnd;

/// <summary>A run that is stopped leaves no output, and one that is killed is no obstacle to the next.</summary>
[Collection(TextTests.Name)]
public sealed class StoppedRunTests(Texts texts)
{
    private const int Interrupted = 130;

    [Fact]
    public async Task Run_Interrupted_LeavesNothingBehind()
    {
        var (output, work) = (texts.NewOutput(), texts.NewOutput());
        var running = await StartAsync(output, "--work-dir", work);
        await Programs.BashAsync("kill -INT $1", $"{running.Id}");
        var ended = await Programs.EndAsync(running);
        Assert.True(ended.ExitCode == Interrupted, $"it ended with {ended.ExitCode}: {ended.Out} {ended.Error}");
        Assert.Equal((false, ""), (Directory.Exists(output), Below(work)));
    }

    [Fact]
    public async Task Run_AfterKilledRun_SucceedsAndCleansUp()
    {
        var output = texts.NewOutput();
        var killed = await StartAsync(output);
        killed.Kill();
        await Programs.EndAsync(killed);
        Assert.True(Directory.Exists(Path.Combine(output, "_temporary")), "the killed run had not begun");

        var next = await Programs.EndAsync(Programs.MapReduce("run", "sort", texts.Generated.Folder, "--output", output, "--reducers", "1"));
        Assert.True(next.ExitCode == 0, next.Error);
        Assert.Equal("_SUCCESS part-r-00000", Below(output));
        Same.Bytes(await texts.Generated.AnswerAsync("""sort "$@" """), new JobRun(output).Parts());
    }

    // A thousand reduce tasks, each of which looks into every map output, take seconds: it runs when it is stopped, even where the
    // maps are done before the first look at them.
    private async Task<Process> StartAsync(string output, params IEnumerable<string> more)
    {
        var process = Programs.MapReduce(["run", "sort", texts.Generated.Folder, "--output", output, "--split-size", "64KiB", "--workers", "2", "--reducers", "1000", "--json", .. more]);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Contains("\"state\":\"mapping\"", StringComparison.OrdinalIgnoreCase) || line.Contains("\"state\":\"reducing\"", StringComparison.OrdinalIgnoreCase)) return process;
        var ended = await Programs.EndAsync(process);
        throw new InvalidOperationException($"The run ended with {ended.ExitCode} before it ran: {ended.Error}");
    }

    private static string Below(string folder) => !Directory.Exists(folder) ? "" : string.Join(' ', Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal));
}
