using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AppHost.Tests.Support;

/// <summary>A real Redis that a test may stop, pause, wipe and start again: port and folder stay the same.</summary>
internal sealed class RedisProcess(string folder) : IDisposable
{
    private readonly int _port = FreePort();
    private Process? _process;

    public string ConnectionString => $"127.0.0.1:{_port}";

    public async Task StartAsync()
    {
        Directory.CreateDirectory(folder);
        string[] arguments = ["--bind", "127.0.0.1", "--port", $"{_port}", "--dir", folder, "--save", "", "--appendonly", "yes", "--maxmemory-policy", "noeviction"];
        try
        {
            _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException("redis-server is not on the PATH: install it (Debian: apt-get install redis-server)", missing);
        }
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
                return;
        throw new InvalidOperationException("redis-server ended before it was ready");
    }

    /// <summary>Stops it as a machine does that is switched off in good order.</summary>
    public void Stop() => End("TERM");

    /// <summary>Stops it as a crash does.</summary>
    public void Kill() => End("KILL");

    /// <summary>Freezes it: connections stay, nothing answers.</summary>
    public void Pause() => Signals.Send("STOP", _process!.Id);

    public void Resume() => Signals.Send("CONT", _process!.Id);

    /// <summary>Forgets everything. Only while it is stopped.</summary>
    public void Wipe() => Directory.Delete(folder, recursive: true);

    public void Dispose() => Stop();

    private void End(string signal)
    {
        if (_process is not { } process) return;
        Signals.Send("CONT", process.Id);
        Signals.Send(signal, process.Id);
        process.WaitForExit();
        process.Dispose();
        _process = null;
    }

    internal static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
