using AppHost.Tests.Support;
using MapReduce;
using MapReduce.Jobs;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.TestJobs;
using ServiceDefaults.Tests.Otlp;

namespace AppHost.Tests.Scenarios;

/// <summary>A cluster whose workers know the test jobs, with a client, a command, a receiver of its telemetry, and folders for inputs and outputs.</summary>
public sealed class TestCluster : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>Bytes of each line that <see cref="Lines"/> writes.</summary>
    public const int LineLength = 11;

    /// <summary>Slots of all workers of the cluster that tests share.</summary>
    public const int TotalSlots = 12;

    private const int Workers = 3;

    // One who follows a job waits ten minutes for a master that has gone: a test tells sooner, and what the cluster said.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryDirectory _folders = new();
    private PortableCluster? _cluster;
    private OtlpReceiver? _telemetry;
    private ClusterClient? _client;
    private int _names;

    internal PortableCluster Cluster => _cluster!;

    internal OtlpReceiver Telemetry => _telemetry!;

    internal ClusterClient Client => _client!;

    internal Command Command => Command.Of(Cluster, Cluster.Masters);

    /// <summary>A cluster of one's own, of three workers.</summary>
    /// <param name="slots">Of each worker.</param>
    /// <param name="masters">Masters over one Redis.</param>
    /// <param name="configuration">More configuration of all services, as environment variables.</param>
    internal static async Task<TestCluster> StartAsync(int slots, int masters = 1, params IEnumerable<(string Name, string Value)> configuration)
    {
        var cluster = new TestCluster();
        try
        {
            await cluster.BeginAsync(slots, masters, configuration);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => BeginAsync(TotalSlots / Workers, masters: 1, []);

    /// <summary>A new empty folder.</summary>
    internal string NewFolder(string name) => Directory.CreateDirectory(NewPath(name)).FullName;

    /// <summary>A file of lines, each <see cref="LineLength"/> bytes long: unless a test says otherwise, each is a map task.</summary>
    internal string Lines(string name, int count) => WriteLines(name, Enumerable.Range(1, count).Select(number => $"line-{number:D5}"));

    /// <summary>A file of lines.</summary>
    internal string WriteLines(string name, IEnumerable<string> lines)
    {
        var path = NewPath(name);
        File.WriteAllLines(path, lines);
        return path;
    }

    /// <summary>Submits a job.</summary>
    /// <param name="job">The name of a test job or a built-in one.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="options">Its options; null for none.</param>
    /// <param name="with">Changes its description; null for none.</param>
    /// <param name="traceParent">The span that submits it; null for one of the client's own.</param>
    internal Task<JobStatus> SubmitAsync(
        string job, IReadOnlyList<string> inputs, IReadOnlyDictionary<string, string>? options = null, Func<JobSpec, JobSpec>? with = null, string? traceParent = null)
    {
        Assert.True(TestJobCatalog.Catalog.TryFind(job, out var found) || BuiltInJobs.Catalog.TryFind(job, out found), $"There is no job '{job}'.");
        var json = found!.Parse(options ?? new Dictionary<string, string>());
        var plan = found.Plan(json);
        var spec = new JobSpec
        {
            Job = job,
            Options = json,
            Inputs = inputs,
            Output = NewPath("out"),
            InputShapes = plan.Inputs,
            Steps = plan.Shapes,
            SplitSize = LineLength,
            Reducers = 3,
            MemoryPerSlot = 16 << 20,
        };
        return Client.SubmitAsync(with?.Invoke(spec) ?? spec, traceParent: traceParent);
    }

    /// <summary>Submits a job and waits up to five minutes for its end, which must be a success.</summary>
    internal async Task<Finished> RunAsync(
        string job, IReadOnlyList<string> inputs, IReadOnlyDictionary<string, string>? options = null, Func<JobSpec, JobSpec>? with = null)
    {
        var status = await EndAsync((await SubmitAsync(job, inputs, options, with)).JobId);
        Assert.True(status.State == JobState.Succeeded, $"Job {status.JobId} is {status.State}: {status.Error}\n{Cluster.Output}");
        return new Finished(status, status.Output);
    }

    /// <summary>Waits until the workers have heard of a job's end and have dropped what they kept for it.</summary>
    internal Task QuietAsync(string jobId) => Eventually.HoldsAsync(
        () => Directory.GetDirectories(Cluster.WorkDirectories, jobId, SearchOption.AllDirectories).Length == 0,
        $"the workers drop the files of job {jobId}");

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_cluster is { } cluster) await cluster.DisposeAsync();
        if (_telemetry is { } telemetry) await telemetry.DisposeAsync();
        _folders.Dispose();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    private async Task<JobStatus> EndAsync(string jobId)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return await Client.WaitAsync(jobId, cancellationToken: limit.Token);
        }
        catch (Exception silence) when (silence is OperationCanceledException or MasterUnavailableException)
        {
            throw new TimeoutException($"Job {jobId} has not ended within {Patience}, or no master tells of it. The cluster said:\n{Cluster.Output}", silence);
        }
    }

    private async Task BeginAsync(int slots, int masters, IEnumerable<(string Name, string Value)> configuration)
    {
        _telemetry = await OtlpReceiver.StartAsync();
        var environment = new Dictionary<string, string>(_telemetry.Variables)
        {
            ["MapReduce__Worker__JobAssemblies__0"] = typeof(TestJobCatalog).Assembly.Location,
        };
        foreach (var (name, value) in configuration) environment[name] = value;
        _cluster = await PortableCluster.StartAsync(new ClusterOptions(Workers, slots, masters, Environment: environment));
        _client = new ClusterClient(new ClusterClientOptions
        {
            Masters = MasterAddresses.Parse(string.Join(',', _cluster.Masters)),
            Token = _cluster.Token("submit"),
        });
    }

    private string NewPath(string name) => _folders.Below($"{name}-{Interlocked.Increment(ref _names)}");
}

/// <summary>Tests on one cluster run one after the other: each has all of it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClusterTests : ICollectionFixture<TestCluster>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "cluster";
}
