using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Dispatch;

/// <summary>A server process on a free port of this machine, killed at the end.</summary>
internal sealed class Server : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private Server(string program, int port, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        Port = port;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        // Read to its end, or the server would block on a full pipe.
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
    }

    public int Port { get; }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan Used()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public static Server Redis(string folder)
    {
        var port = FreePort();
        return new Server("redis-server", port, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]);
    }

    public static Server Master(string program, string folder, int redisPort)
    {
        var port = FreePort();
        return new Server(
            program, port, [],
            ("ConnectionStrings__redis", $"127.0.0.1:{redisPort}"),
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"),
            ("MapReduce__DataFolder", Path.Combine(folder, "data")),
            ("Logging__LogLevel__Default", "Warning"));
    }

    /// <summary>Waits until it answers that it is healthy.</summary>
    public async Task WhenReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (_process.HasExited) throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with exit code {_process.ExitCode}: start it by hand to see why.");
            try
            {
                if ((await http.GetAsync("/health")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(began) < Patience)
            {
            }
            await Task.Delay(50);
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
