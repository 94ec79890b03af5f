using MapReduce.AppHost.Portable.Data;
using MapReduce.AppHost.Portable.Redis;
using MapReduce.AppHost.Portable.Services;
using MapReduce.AppHost.Portable.Terminal;

namespace MapReduce.AppHost.Portable;

/// <summary>Starts a cluster on this machine in order, watches it, and stops it in the opposite order.</summary>
internal sealed class Launcher(LauncherOptions options, LogWriter log, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly HealthProbe _health = new();

    // In order of their start. A group starts, and stops, together.
    private readonly List<Supervisor[]> _groups = [];

    /// <summary>Begins to stop.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Kills what has not yet stopped.</summary>
    public void Hurry() => _hurry.Cancel();

    /// <summary>Runs the cluster until <see cref="Stop"/>.</summary>
    /// <exception cref="LauncherException">It could not be started.</exception>
    public async Task RunAsync()
    {
        using var data = DataFolder.Open(options.DataFolder);
        try
        {
            await StartAsync(data);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop, perhaps while still starting.
        }
        finally
        {
            await StopAllAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var service in _groups.SelectMany(group => group)) service.Dispose();
        _health.Dispose();
        _hurry.Dispose();
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task StartAsync(DataFolder data)
    {
        await Leftovers.GoneAsync(data, time, _stop.Token);
        var redis = RedisChoice.Of(options.Redis);
        var master = Addresses.Master(options.Port);
        var running = new RunningServices(data.Cluster, master);
        var connection = redis.Connection;
        if (redis.Program is { } program)
        {
            (var own, connection) = RedisServer.Prepare(program, data);
            await StartAsync(running, own);
        }
        var specs = new ServiceSpecs(options, data, Tokens.Of(data), _health);
        await StartAsync(running, specs.Master(master, connection));
        await StartAsync(running, [.. Enumerable.Range(1, options.Workers).Select(number => specs.Worker(number, Addresses.Any(), master))]);
        Banner.Write(log, options, master, redis);
    }

    private async Task StartAsync(RunningServices running, params ServiceSpec[] specs)
    {
        Supervisor[] group = [.. specs.Select(spec => new Supervisor(spec, log, time))];
        foreach (var service in group) service.Changed += running.Set;
        _groups.Add(group);
        await Task.WhenAll(group.Select(service => service.StartAsync(_stop.Token)));
    }

    private async Task StopAllAsync()
    {
        foreach (var group in Enumerable.Reverse(_groups)) await Task.WhenAll(group.Select(service => service.StopAsync(_hurry.Token)));
    }
}
