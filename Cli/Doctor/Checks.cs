using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using MapReduce.App.Commands;
using MapReduce.App.Formatting;
using MapReduce.App.Progress;
using MapReduce.Storage;

namespace MapReduce.Cli.Doctor;

/// <summary>The checks, each of one thing that a job needs.</summary>
internal static class Checks
{
    private const long Slot = 256L << 20;
    private const long EnoughDisk = 1L << 30;
    private const int MasterPort = 5080;

    /// <summary>Runs them all.</summary>
    /// <param name="outputParent">A directory in which outputs would be made.</param>
    /// <param name="temporary">The directory for temporary files.</param>
    public static IReadOnlyList<Finding> Run(string outputParent, string temporary) =>
    [
        new(Health.Good, "runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}"),
        Sdk(Environment.GetEnvironmentVariable("PATH") ?? "", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"),
        Memory(Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        Writable("directory", outputParent),
        Links(outputParent),
        Disk("disk", outputParent),
        Writable("temp", temporary),
        Redis(Environment.GetEnvironmentVariable("PATH") ?? "", OperatingSystem.IsWindows() ? "redis-server.exe" : "redis-server"),
        Port("port", MasterPort),
    ];

    /// <summary>Only who writes jobs needs the SDK; who runs them does not.</summary>
    public static Finding Sdk(string path, string command) => FindOn(path, command) is not { } found
        ? new(Health.Poor, "sdk", "dotnet is not on the PATH", "to write jobs of your own, install the .NET 10 SDK from https://dot.net; built-in jobs run without it.")
        : new(Health.Good, "sdk", found);

    /// <summary>Only a cluster whose leases are to outlive its master needs it.</summary>
    public static Finding Redis(string path, string command) => FindOn(path, command) is not { } found
        ? new(Health.Poor, "redis", "redis-server is not on the PATH", "a cluster on this machine keeps its leases in the master's memory without it: install redis (apt install redis-server, brew install redis); runs in one process need none.")
        : new(Health.Good, "redis", found);

    /// <summary>Whether a cluster on this machine can have its usual port.</summary>
    public static Finding Port(string subject, int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return new(Health.Good, subject, $"{port} is free for a master");
        }
        catch (SocketException taken)
        {
            return new(Health.Poor, subject, $"{port}: {taken.Message}", "a cluster may run here already; another one needs another port (--port of AppHost).");
        }
    }

    /// <summary>Each worker may use its whole budget.</summary>
    public static Finding Memory(int processors, long bytes)
    {
        var text = $"{PhaseCount(processors)}, {ByteSize.Format(bytes)} of memory";
        return processors * Slot <= bytes
            ? new(Health.Good, "memory", text)
            : new(Health.Poor, "memory", text, $"{processors} workers with {ByteSize.Format(Slot)} each need more: run with --workers {Math.Max(1, bytes / Slot)} or --memory {Math.Max(16, bytes / processors >> 20)}MiB.");
    }

    /// <summary>Whether files can be made in a directory.</summary>
    public static Finding Writable(string subject, string directory)
    {
        try
        {
            using var probe = new ProbeFile(directory);
            return new(Health.Good, subject, $"{directory} is writable");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new(Health.Broken, subject, refused.Message, $"make {directory} writable for {Environment.UserName}, or write outputs elsewhere.");
        }
    }

    /// <summary>The decision how a job ends is published by a hard link.</summary>
    public static Finding Links(string directory)
    {
        try
        {
            using var probe = new ProbeFile(directory);
            using var link = new ProbeFile(directory, exists: false);
            return PhysicalFileSystem.Instance.TryLink(probe.Path, link.Path)
                ? new(Health.Good, "links", "hard links work, so outputs appear whole or not at all")
                : new(Health.Broken, "links", $"{link.Path} appeared from elsewhere", "run the check again.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new(Health.Broken, "links", refused.Message, "write outputs to a file system with hard links (ext4, xfs, btrfs, APFS, NTFS), not to FAT or some network shares.");
        }
    }

    /// <summary>Whether there is room for an output.</summary>
    public static Finding Disk(string subject, string directory)
    {
        var free = new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;
        var text = $"{ByteSize.Format(free)} free at {directory}";
        return free >= EnoughDisk
            ? new(Health.Good, subject, text)
            : new(Health.Poor, subject, text, "a job needs up to twice the size of its input beside the output: free some, or give --work-dir and --output on another disk.");
    }

    private static string? FindOn(string path, string command) =>
        path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists);

    private static string PhaseCount(int processors) => PhaseText.Count(processors, "processor");
}
