using System.Collections.Concurrent;
using System.Diagnostics;
using AppHost.Tests.Support;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using ClusterOptions = AppHost.Tests.Support.ClusterOptions;

namespace AppHost.Tests.Aspire;

/// <summary>
/// A cluster that Aspire runs, over a data folder of its own that is deleted at the end. One master keeps the leases in
/// memory, so that no container runtime is needed.
/// </summary>
internal sealed class AspireCluster : ICluster
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _home = new();
    private readonly ConcurrentDictionary<string, ResourceEvent> _states = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly CancellationTokenSource _end = new();
    private DistributedApplication? _app;
    private Task _watch = Task.CompletedTask;

    private AspireCluster()
    {
    }

    public IReadOnlyList<Uri> Masters => [App.GetEndpoint("master", "http")];

    public string TokenFile => _home.Below("token");

    public string WorkDirectories => _home.Below("workers");

    public string Output => string.Join('\n', _output);

    private DistributedApplication App => _app ?? throw new InvalidOperationException("The cluster has not been started.");

    /// <summary>Starts a cluster and waits until all of it is healthy.</summary>
    public static async Task<AspireCluster> StartAsync(ClusterOptions options)
    {
        var cluster = new AspireCluster();
        try
        {
            await cluster.StartAppAsync(options).WaitAsync(Limit);
            return cluster;
        }
        catch (Exception failure)
        {
            await cluster.DisposeAsync();
            throw new InvalidOperationException($"The cluster did not start ({failure.Message}). It wrote:\n{cluster.Output}", failure);
        }
    }

    public string Token(string role) => File.ReadAllText(role == "submit" ? TokenFile : _home.Below($"token.{role}")).Trim();

    public Task KillWorkerAsync(int worker) => KillAsync("worker", worker);

    public Task KillMasterAsync(int master = 1) => KillAsync("master", master);

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app) await app.DisposeAsync();
        await _end.CancelAsync();
        await _watch;
        _end.Dispose();
        _home.Dispose();
    }

    private async Task StartAppAsync(ClusterOptions options)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--workers", $"{options.Workers}", "--slots", $"{options.Slots}", "--redis", "none", "--data", _home.Path]);
        foreach (var service in builder.Resources.OfType<ProjectResource>())
            foreach (var (key, value) in options.Environment ?? new Dictionary<string, string>())
                builder.CreateResourceBuilder(service).WithEnvironment(key, value);
        _app = await builder.BuildAsync();
        _watch = WatchAsync(_app.ResourceNotifications);
        await _app.StartAsync();
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("master");
        await Eventually.HoldsAsync(() => Running("worker").Count == options.Workers, $"{options.Workers} workers run");
    }

    private List<ResourceEvent> Running(string resource) =>
        [.. _states.Values.Where(state => state.Resource.Name == resource && state.Snapshot.State?.Text == KnownResourceStates.Running).OrderBy(state => state.ResourceId, StringComparer.Ordinal)];

    // Aspire leaves a crashed process down until somebody starts it.
    private async Task KillAsync(string resource, int number)
    {
        var victim = Running(resource)[number - 1];
        var pid = (int)victim.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;
        using (var process = Process.GetProcessById(pid)) process.Kill(entireProcessTree: true);
        await Eventually.HoldsAsync(
            () => _states[victim.ResourceId].Snapshot.State?.Text != KnownResourceStates.Running, $"{victim.ResourceId} (process {pid}) is gone");
        var started = await App.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(victim.ResourceId, KnownResourceCommands.StartCommand);
        Assert.True(started.Success, started.Message);
    }

    private async Task WatchAsync(ResourceNotificationService notifications)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(_end.Token))
            {
                _states[change.ResourceId] = change;
                _output.Enqueue($"{change.ResourceId}: {change.Snapshot.State?.Text} {change.Snapshot.HealthStatus}");
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The end of the test.
        }
    }
}
