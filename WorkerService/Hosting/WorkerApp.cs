using MapReduce.Remote;
using MapReduce.ServiceDefaults;
using MapReduce.Shuffle;
using MapReduce.WorkerService.Options;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace MapReduce.WorkerService.Hosting;

/// <summary>A worker as a process: a host for configuration, logs, telemetry and health, and the worker beside it.</summary>
internal static class WorkerApp
{
    // What any other source of configuration overrides.
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        // For health alone; map outputs have a listener of their own.
        ["urls"] = "http://127.0.0.1:0",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
    };

    /// <summary>Builds the host. Its configuration is read from the arguments, the environment and <c>appsettings.json</c>.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.AddServiceDefaults();
        builder.Services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IPostConfigureOptions<WorkerOptions>, WorkerOptionsSetup>();
        builder.Services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }

    /// <summary>Works until the host is told to stop, then drains.</summary>
    /// <param name="app">The host, not yet started; stopped when this ends.</param>
    /// <param name="stop">Ends without draining.</param>
    public static async Task RunAsync(WebApplication app, CancellationToken stop)
    {
        await StartAsync(app, stop);
        try
        {
            await WorkAsync(app, stop);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException refused)
        {
            throw new WorkerStartException($"Health cannot be served: {refused.Message} Set ASPNETCORE_URLS to an address that is free, such as http://127.0.0.1:0.", refused);
        }
    }

    private static async Task WorkAsync(WebApplication app, CancellationToken stop)
    {
        var options = app.Services.GetRequiredService<IOptions<WorkerOptions>>().Value;
        var (logging, time) = (app.Services.GetRequiredService<ILoggerFactory>(), app.Services.GetRequiredService<TimeProvider>());
        var workers = new WorkerDirectory();
        using var master = new HttpMasterClient(MasterAddresses.Parse(options.Master), options.Token, workers, time);
        await using var worker = await ClusterWorker.StartAsync(options, app.Configuration, workers, master.OpenFileAsync, logging, time, stop);
        await worker.RunAsync(master, app.Lifetime.ApplicationStopping, stop);
    }
}
