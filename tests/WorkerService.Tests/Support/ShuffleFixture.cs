using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.WorkerService.Shuffle;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace WorkerService.Tests.Support;

/// <summary>A worker that serves map outputs, and a reader elsewhere.</summary>
internal sealed class ShuffleFixture : IAsyncDisposable
{
    public const string Secret = "the secret of the job";

    private readonly TempFolder _folder = new();
    private readonly List<IDisposable> _owned = [];
    private ShuffleListener? _listener;

    private ShuffleFixture()
    {
        Outputs = new MapOutputs(_folder.Folder("work"), "server");
        Secrets.Learn(MapOutputs.JobId, Secret);
    }

    public MapOutputs Outputs { get; }

    public ShuffleSecrets Secrets { get; } = new();

    public WorkerDirectory Workers { get; } = new();

    public string Scratch => _folder.Folder("scratch");

    public Uri Address => new(_listener!.Address);

    public static async Task<ShuffleFixture> StartAsync()
    {
        var fixture = new ShuffleFixture();
        var server = new SegmentServer(PhysicalFileSystem.Instance, fixture.Outputs.WorkDirectory);
        fixture._listener = await ShuffleListener.StartAsync(
            "http://127.0.0.1:0", "127.0.0.1", new ConfigurationBuilder().Build(), server, fixture.Secrets, NullLoggerFactory.Instance, CancellationToken.None);
        fixture.Workers.Learn(new WorkerRegistration("server", 1, fixture._listener.Address, fixture.Outputs.WorkDirectory));
        return fixture;
    }

    public HttpClient NewClient() => new() { BaseAddress = Address };

    /// <summary>Fetches a partition as a reduce attempt of another host does.</summary>
    public IReadOnlyList<Segment> Fetch(int partition, IReadOnlyList<MapOutputLocation> outputs, string secret = Secret, RemoteShuffleOptions? options = null, CancellationToken cancellation = default) =>
        Source(options).Fetch(Lease(partition, outputs, secret), Scratch, new AttemptProgress(), cancellation);

    public RemoteMapOutputSource Source(RemoteShuffleOptions? options = null)
    {
        var source = new RemoteMapOutputSource(PhysicalFileSystem.Instance, Workers, options ?? new RemoteShuffleOptions(), TimeProvider.System);
        _owned.Add(source);
        return source;
    }

    public static TaskLease Lease(int partition, IReadOnlyList<MapOutputLocation> outputs, string secret = Secret) => new()
    {
        JobId = MapOutputs.JobId,
        Task = new TaskId(0, TaskKind.Reduce, partition),
        Token = "1.ffffffffffffffff",
        Attempt = 1,
        Duration = TimeSpan.FromSeconds(10),
        Spec = new JobSpec { Job = "wordcount", Inputs = ["/in"], Output = "/out", Steps = [] },
        Reducers = 4,
        MapOutputs = outputs,
        ShuffleSecret = secret,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var each in _owned) each.Dispose();
        Outputs.Dispose();
        if (_listener is not null) await _listener.DisposeAsync();
        _folder.Dispose();
    }
}
