using System.Diagnostics;

namespace EndToEnd.Support;

/// <summary>How a process ended, and what it wrote.</summary>
internal sealed record Ended(int ExitCode, string Out, string Error);

/// <summary>Starts the built command and GNU tools as processes of their own.</summary>
internal static class Programs
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    private static readonly string Command = Built();

    /// <summary>Where the runtime that runs these tests is installed.</summary>
    public static string DotnetRoot { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));

    /// <summary>Starts <c>mapreduce</c>.</summary>
    public static Process MapReduce(params IEnumerable<string> arguments) => MapReduce(new Dictionary<string, string>(), arguments);

    /// <summary>Starts <c>mapreduce</c> with more variables in its environment.</summary>
    public static Process MapReduce(IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments) =>
        Start(Path.Combine(DotnetRoot, "dotnet"), [Command, .. arguments], environment);

    /// <summary>Runs a shell script in the C locale; a pipe fails when any of its programs does.</summary>
    /// <param name="script">The script; its arguments are $1, $2...</param>
    /// <param name="arguments">The arguments.</param>
    public static async Task<string> BashAsync(string script, params IEnumerable<string> arguments)
    {
        var ended = await EndAsync(Start("bash", ["-c", "export LC_ALL=C; set -euo pipefail; " + script, "bash", .. arguments]));
        Assert.True(ended.ExitCode == 0, $"'{script}' ended with {ended.ExitCode}: {ended.Error}");
        return ended.Out;
    }

    /// <summary>Waits for the end; kills what does not end.</summary>
    public static async Task<Ended> EndAsync(Process process)
    {
        using var started = process;
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    // The tests run from tests/EndToEnd/bin/<configuration>/<framework>, and the command from the same below Cli.
    private static string Built()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.GetFullPath(Path.Combine(here.FullName, "../../../../../Cli/bin", here.Parent!.Name, here.Name, "mapreduce.dll"));
    }

    private static Process Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"'{file}' did not start.");
    }
}
