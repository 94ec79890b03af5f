using System.Net.Http.Headers;
using System.Text.Json;

namespace AppHost.Tests.Support;

/// <summary>A cluster that the portable launcher runs, over a data folder of its own that is deleted at the end.</summary>
internal sealed class PortableCluster : ICluster
{
    private readonly TemporaryDirectory _home = new();
    private readonly ClusterOptions _options;
    private readonly List<KeptProgram> _moreMasters = [];
    private KeptProgram? _launcher;

    private PortableCluster(ClusterOptions options)
    {
        _options = options;
        Masters = [.. Enumerable.Range(0, options.Masters).Select(_ => new Uri($"http://127.0.0.1:{RedisProcess.FreePort()}"))];
        // Masters over one Redis share it, and the launcher's own has a password that only its master knows.
        Redis = options.TestRedis || options.Masters > 1 ? new RedisProcess(_home.Below("redis")) : null;
    }

    public IReadOnlyList<Uri> Masters { get; }

    /// <summary>The test's own Redis; null when the launcher runs one.</summary>
    public RedisProcess? Redis { get; }

    public string DataFolder => _home.Below("data");

    public string TokenFile => Path.Combine(DataFolder, "token");

    /// <summary>The launcher's process id.</summary>
    public int LauncherPid => _launcher!.Pid;

    public string Output => string.Join('\n', _moreMasters.Select(master => master.Output).Prepend(_launcher?.Output));

    /// <summary>Starts a cluster and waits until all of it is ready.</summary>
    public static async Task<PortableCluster> StartAsync(ClusterOptions? options = null)
    {
        var cluster = new PortableCluster(options ?? new ClusterOptions());
        try
        {
            if (cluster.Redis is { } redis) await redis.StartAsync();
            await cluster.StartLauncherAsync();
            for (var number = 2; number <= cluster.Masters.Count; number++) await cluster.StartMasterAsync(number);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the launcher: at first, or again after <see cref="StopLauncherAsync"/> or <see cref="KillLauncherAsync"/>.</summary>
    public async Task StartLauncherAsync()
    {
        var environment = new Dictionary<string, string>(_options.Environment ?? new Dictionary<string, string>());
        // The last first: it is the one that stays dead when it is killed.
        if (Masters.Count > 1) environment["MapReduce__Worker__Master"] = string.Join(',', Masters.Reverse().Select(master => master.ToString().TrimEnd('/')));
        _launcher = KeptProgram.Start(
            ["dotnet", Checkout.AppHost, "--workers", $"{_options.Workers}", "--slots", $"{_options.Slots}", "--port", $"{Masters[0].Port}", "--data", DataFolder, "--redis", Redis?.ConnectionString ?? "auto"],
            environment);
        // The last line of what the launcher says about a cluster that is ready.
        await _launcher.WaitForLineAsync("stop       Ctrl+C");
    }

    /// <summary>Stops the launcher as Ctrl+C does, and returns its exit code.</summary>
    public async Task<int> StopLauncherAsync()
    {
        _launcher!.Signal("INT");
        return await _launcher.ExitAsync();
    }

    /// <summary>Waits for the launcher's end, and returns its exit code.</summary>
    public Task<int> ExitAsync() => _launcher!.ExitAsync();

    /// <summary>Kills the launcher.</summary>
    public async Task KillLauncherAsync()
    {
        _launcher!.Signal("KILL");
        await _launcher.ExitAsync();
    }

    public string Token(string role) => File.ReadAllText(role == "submit" ? TokenFile : Path.Combine(DataFolder, $"token.{role}")).Trim();

    public string WorkDirectories => Path.Combine(DataFolder, "workers");

    /// <summary>A client of the first master that shows the token of a role; the caller disposes it.</summary>
    public HttpClient CreateClient(string role = "submit") => new()
    {
        BaseAddress = Masters[0],
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token(role)) },
    };

    /// <summary>The process ids of the services that run now, by name.</summary>
    public IReadOnlyDictionary<string, int> Services()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(DataFolder, "cluster.json")));
        return file.RootElement.GetProperty("services").EnumerateArray()
            .ToDictionary(service => service.GetProperty("name").GetString()!, service => service.GetProperty("pid").GetInt32());
    }

    public Task KillWorkerAsync(int worker) => KillAsync($"worker-{worker}");

    public async Task KillMasterAsync(int master = 1)
    {
        if (master == 1)
        {
            await KillAsync("master");
            return;
        }
        _moreMasters[master - 2].Signal("KILL");
        await _moreMasters[master - 2].ExitAsync();
    }

    /// <summary>Waits until the launcher runs the service as another process than <paramref name="pid"/>.</summary>
    public Task RestartedAsync(string service, int pid) => Eventually.HoldsAsync(
        () => Services().TryGetValue(service, out var now) && now != pid, $"{service} (process {pid}) is started again");

    public async ValueTask DisposeAsync()
    {
        foreach (var master in _moreMasters) await master.DisposeAsync();
        if (_launcher is { } launcher)
        {
            // Twice: the tests need no good order, only the end.
            launcher.Signal("TERM");
            launcher.Signal("TERM");
            await launcher.ExitAsync();
            await launcher.DisposeAsync();
        }
        Redis?.Dispose();
        _home.Dispose();
    }

    private async Task KillAsync(string service)
    {
        var pid = Services()[service];
        Signals.Send("KILL", pid);
        await Eventually.HoldsAsync(() => !Signals.IsAlive(pid), $"{service} (process {pid}) is gone");
    }

    private async Task StartMasterAsync(int number)
    {
        var environment = new Dictionary<string, string>(_options.Environment ?? new Dictionary<string, string>())
        {
            ["ASPNETCORE_URLS"] = Masters[number - 1].ToString().TrimEnd('/'),
            ["ConnectionStrings__redis"] = Redis!.ConnectionString,
            ["MapReduce__DataFolder"] = Path.Combine(DataFolder, "master"),
            ["MapReduce__Tokens__Submit"] = Token("submit"),
            ["MapReduce__Tokens__Worker"] = Token("worker"),
            ["MapReduce__Tokens__Read"] = Token("read"),
        };
        var master = KeptProgram.Start(["dotnet", Checkout.MasterService], environment);
        _moreMasters.Add(master);
        await master.WaitForLineAsync("Application started");
    }
}
