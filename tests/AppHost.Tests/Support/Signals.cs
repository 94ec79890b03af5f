using System.Diagnostics;

namespace AppHost.Tests.Support;

/// <summary>Signals to processes that are not this one's children.</summary>
internal static class Signals
{
    /// <summary>Sends a signal, for instance <c>KILL</c>, to a process that may have ended.</summary>
    public static void Send(string signal, int pid)
    {
        using var kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"kill -{signal} {pid}"]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    /// <summary>The processes that share a process group with this one, itself among them.</summary>
    public static IReadOnlyList<int> GroupOf(int pid)
    {
        using var ask = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"ps -A -o pid= -o pgid= | awk -v g=$(ps -o pgid= -p {pid} | tr -d ' ') '$2 == g {{ print $1 }}'"]) { RedirectStandardOutput = true })!;
        var pids = ask.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
        ask.WaitForExit();
        return pids;
    }

    /// <summary>Whether a process runs. One that has ended and waits to be collected by its parent does not.</summary>
    public static bool IsAlive(int pid)
    {
        using var ask = Process.Start(new ProcessStartInfo("ps", ["-o", "stat=", "-p", $"{pid}"]) { RedirectStandardOutput = true })!;
        var state = ask.StandardOutput.ReadToEnd().Trim();
        ask.WaitForExit();
        return state.Length > 0 && state[0] != 'Z';
    }
}
