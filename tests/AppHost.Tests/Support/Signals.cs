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

    /// <summary>Whether a process runs. One that has ended and waits to be collected by its parent does not.</summary>
    public static bool IsAlive(int pid)
    {
        using var ask = Process.Start(new ProcessStartInfo("ps", ["-o", "stat=", "-p", $"{pid}"]) { RedirectStandardOutput = true })!;
        var state = ask.StandardOutput.ReadToEnd().Trim();
        ask.WaitForExit();
        return state.Length > 0 && state[0] != 'Z';
    }
}
