using MapReduce.AppHost.Portable.Processes;

namespace MapReduce.AppHost.Portable;

/// <summary>Where the services listen: on this machine only.</summary>
internal static class Addresses
{
    private const int DefaultMasterPort = 5080;

    /// <summary>The master's address; <paramref name="port"/> as in <see cref="LauncherOptions.Port"/>.</summary>
    public static Uri Master(int? port) => port switch
    {
        0 => Any(),
        null => FreePort.IsFree(DefaultMasterPort) ? Of(DefaultMasterPort) : Any(),
        { } asked when FreePort.IsFree(asked) => Of(asked),
        { } taken => throw new LauncherException($"port {taken} is taken or may not be used: choose another with --port N, or --port 0 for any free one."),
    };

    /// <summary>An address with a free port.</summary>
    public static Uri Any() => Of(FreePort.Any());

    private static Uri Of(int port) => new($"http://127.0.0.1:{port}");
}
