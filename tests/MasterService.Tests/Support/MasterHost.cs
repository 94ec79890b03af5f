using System.Collections.Concurrent;
using System.Net.Http.Headers;
using MapReduce.MasterService;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Scheduling;
using MapReduce.Shuffle;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MasterService.Tests.Support;

/// <summary>A master that listens on a free port of this machine, with folders of its own.</summary>
internal sealed class MasterHost : IAsyncDisposable
{
    private readonly DirectoryInfo? _owned;
    private readonly ConcurrentBag<IDisposable> _clients = [];

    private MasterHost(WebApplication app, string folder, CapturedLog log, DirectoryInfo? owned)
    {
        (App, Folder, Log, _owned) = (app, folder, log, owned);
        Client = NewClient(token: null);
    }

    public WebApplication App { get; }

    /// <summary>Holds <c>data</c>, and whatever a test puts there.</summary>
    public string Folder { get; }

    public CapturedLog Log { get; }

    public Uri Address => new(App.Urls.First().Replace("0.0.0.0", "127.0.0.1"));

    /// <summary>A client without a token.</summary>
    public HttpClient Client { get; }

    /// <param name="settings">Configuration on top of the test's own.</param>
    /// <param name="folder">An existing folder that stays; null for a new one that goes with the host.</param>
    /// <param name="configure">Changes the builder before the services are added.</param>
    public static async Task<MasterHost> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, string? folder = null, Action<WebApplicationBuilder>? configure = null)
    {
        var owned = folder is null ? Directory.CreateTempSubdirectory("mapreduce-master-") : null;
        folder ??= owned!.FullName;
        var log = new CapturedLog();
        var app = MasterApp.Create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["MapReduce:DataFolder"] = Path.Combine(folder, "data"),
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
                ["urls"] = "http://127.0.0.1:0",
            });
            builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
            configure?.Invoke(builder);
        });
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            owned?.Delete(recursive: true);
            throw;
        }
        return new MasterHost(app, folder, log, owned);
    }

    public HttpClient NewClient(string? token)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _clients.Add(client);
        return client;
    }

    /// <summary>The master as a worker sees it.</summary>
    public HttpMasterClient NewWorkerClient(string? token = null)
    {
        var client = new HttpMasterClient(MasterAddresses.Parse(Address.ToString()), token, new WorkerDirectory(), TimeProvider.System);
        _clients.Add(client);
        return client;
    }

    /// <summary>Writes a file below the host's folder.</summary>
    /// <returns>Its path.</returns>
    public string File(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>A job of one step over one small file, for which no worker has code.</summary>
    public JobSpec Spec(string output = "out") => new()
    {
        Job = "test",
        Inputs = [File("in/a.txt", "one\ntwo\n")],
        Output = Path.Combine(Folder, output),
        Reducers = 1,
        Steps = [new StepShape(HasReduce: true, IsSampled: false, Folds: true)],
    };

    /// <summary>A job's final status, once it has ended.</summary>
    public async Task<JobStatus> EndedAsync(string jobId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await Service<JobCoordinator>().WaitAsync(jobId, limit.Token);
    }

    public T Service<T>() where T : notnull => App.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await App.DisposeAsync();
        _owned?.Delete(recursive: true);
    }
}
