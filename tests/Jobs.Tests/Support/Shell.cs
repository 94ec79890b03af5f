using System.Diagnostics;

namespace Jobs.Tests.Support;

/// <summary>Other programs, whose answers jobs are compared with.</summary>
internal static class Shell
{
    /// <summary>The lines that a command of the shell makes of lines.</summary>
    public static string[] Run(string command, IEnumerable<string> lines)
    {
        var start = new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.StandardInput.Write(string.Concat(lines.Select(line => line + "\n")));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
