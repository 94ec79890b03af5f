using System.Runtime.InteropServices;

namespace MapReduce.Streaming;

/// <summary>What a process needs of the system that the runtime's own class does not offer.</summary>
internal static partial class ProcessGroup
{
    private const int SigKill = 9, SetPipeSize = 1031, SetFlags = 4, Interrupted = 4;
    private const short Readable = 1, Writable = 4;

    private static readonly int NonBlocking = OperatingSystem.IsLinux() ? 2048 : 4, TryAgain = OperatingSystem.IsLinux() ? 11 : 35, Glance = 50;

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

    /// <summary>Lets writes to a pipe end when it is full, as <see cref="TryWrite"/> needs it. The other end stays as it is.</summary>
    public static void DoNotBlock(SafeHandle pipe) => _ = Control(pipe, SetFlags, NonBlocking);

    /// <summary>Writes all bytes to a pipe, waiting for its reader.</summary>
    /// <param name="pipe">The pipe.</param>
    /// <param name="bytes">What to write.</param>
    /// <param name="isOver">True when nobody is to be waited for any more; asked while the pipe is full.</param>
    /// <returns>False when nobody reads it, or it is over.</returns>
    public static bool TryWrite(SafeHandle pipe, ReadOnlySpan<byte> bytes, Func<bool> isOver)
    {
        while (!bytes.IsEmpty)
        {
            var written = Write(pipe, bytes, (nuint)bytes.Length);
            if (written > 0) bytes = bytes[(int)written..];
            else if (Marshal.GetLastPInvokeError() is var error && error != TryAgain && error != Interrupted) return false;
            else if (!Is(pipe, Writable, Glance) && isOver()) return false;
        }

        return true;
    }

    /// <summary>True when a pipe has neither bytes nor an end: somebody who may still write holds it.</summary>
    public static bool IsSilent(SafeHandle pipe) => !Is(pipe, Readable, 0);

    // Also when the other end has gone.
    private static bool Is(SafeHandle pipe, short ready, int milliseconds)
    {
        var added = false;
        pipe.DangerousAddRef(ref added);
        try
        {
            var wait = new Wait { Pipe = (int)pipe.DangerousGetHandle(), Events = ready };
            return Poll(ref wait, 1, milliseconds) != 0;
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

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeHandle file, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref Wait waits, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Wait
    {
        public int Pipe;
        public short Events, Found;
    }
}
