using System.Diagnostics;

namespace MapReduce.AppHost.Portable.Processes;

/// <summary>Tells a process from a later one with the same id.</summary>
internal static class ProcessBirth
{
    /// <summary>When the process started, in a form that is only good for comparing; null when it runs no longer.</summary>
    public static string? Of(int pid) => Directory.Exists("/proc/self") ? OfLinux(pid) : OfSystem(pid);

    private static string? OfLinux(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The second field is the program's name in parentheses and may hold anything; the third is the state.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (IOException)
        {
            // No such process.
            return null;
        }
    }

    private static string? OfSystem(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().ToString("s");
        }
        catch (ArgumentException)
        {
            // No such process.
            return null;
        }
    }
}
