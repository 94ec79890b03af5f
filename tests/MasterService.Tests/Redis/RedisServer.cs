using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MapReduce.MasterService.Tests.Redis;

/// <summary>A real redis-server on a free port, with a folder of its own; both end with it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Executable = "redis-server";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string[] _options;
    private Process? _process;

    private RedisServer(string[] options) => _options = options;

    /// <summary>Its port on 127.0.0.1; stays the same over restarts.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Where it keeps its files.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("redis-").FullName;

    /// <summary>For a client that waits for it when it is away.</summary>
    public string Configuration => $"127.0.0.1:{Port},abortConnect=false,connectTimeout=2000,syncTimeout=5000,connectRetry=5,allowAdmin=true";

    /// <summary>Starts a server that keeps nothing on disk unless the options say so, as on the command line: "--appendonly", "yes".</summary>
    public static async Task<RedisServer> StartAsync(params string[] options)
    {
        var server = new RedisServer(options);
        await server.RunAsync();
        return server;
    }

    /// <summary>Starts it again after <see cref="StopAsync"/> or <see cref="KillAsync"/>, on the same port and folder.</summary>
    public async Task RunAsync()
    {
        var start = new ProcessStartInfo(Executable) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        foreach (var argument in (string[])["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", Folder, "--save", "", "--appendonly", "no", .. _options])
            start.ArgumentList.Add(argument);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"These tests need {Executable} on the PATH: install it (Debian: apt-get install redis-server).", missing);
        }
        var output = new StringBuilder();
        _process.OutputDataReceived += (_, line) => { lock (output) output.AppendLine(line.Data); };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitAsync(() => _process.HasExited ? throw new InvalidOperationException($"{Executable} ended at start:\n{output}") : PingAsync());
    }

    /// <summary>Ends it in an orderly way: what is in an append-only file is complete.</summary>
    public Task StopAsync() => EndAsync("TERM");

    /// <summary>Ends it at once, as a crash would.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>Stops it in the middle of whatever it does, until <see cref="Continue"/>; its clock goes on.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>Ends a pause.</summary>
    public void Continue() => Signal("CONT");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task EndAsync(string signal)
    {
        Signal(signal);
        using var limit = new CancellationTokenSource(Patience);
        await _process!.WaitForExitAsync(limit.Token);
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    private async Task<bool> PingAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[16];
            var length = await client.GetStream().ReadAsync(answer);
            return Encoding.ASCII.GetString(answer, 0, length).StartsWith("+PONG", StringComparison.Ordinal);
        }
        catch (Exception away) when (away is SocketException or IOException)
        {
            return false;
        }
    }

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience) throw new TimeoutException($"{Executable} was not ready after {Patience}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
