using System.Runtime.InteropServices;

namespace MapReduce.Streaming;

/// <summary>What a process needs of the system that the runtime's own class does not offer.</summary>
internal static partial class ProcessGroup
{
    private const int SigKill = 9, SetPipeSize = 1031;

    /// <summary>Bytes that a pipe holds between two processes, so that neither waits for the other's every turn.</summary>
    public const int PipeSize = 1 << 20;

    /// <summary>
    /// Runs a program in a session of its own, so that all it starts can be killed with it, and Ctrl+C in a terminal is not its to hear; null where the
    /// system has none.
    /// </summary>
    public static string? Leader { get; } = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);

    /// <summary>Kills all processes of a group that are left.</summary>
    public static void Kill(int leader) => _ = Kill(-leader, SigKill);

    /// <summary>Makes a pipe as large as the system lets it be.</summary>
    public static void Widen(SafeHandle pipe)
    {
        if (OperatingSystem.IsLinux()) _ = Control(pipe, SetPipeSize, PipeSize);
    }

    /// <summary>True when a pipe has neither bytes nor an end: somebody who may still write holds it.</summary>
    public static bool IsSilent(SafeHandle pipe)
    {
        var added = false;
        pipe.DangerousAddRef(ref added);
        try
        {
            var wait = new Wait { Pipe = (int)pipe.DangerousGetHandle(), Events = 1 };
            return Poll(ref wait, 1, 0) == 0;
        }
        finally
        {
            pipe.DangerousRelease();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeHandle file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref Wait waits, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Wait
    {
        public int Pipe;
        public short Events, Found;
    }
}
