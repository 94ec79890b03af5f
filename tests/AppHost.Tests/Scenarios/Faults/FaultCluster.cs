using System.Text.RegularExpressions;
using AppHost.Tests.Support;
using MapReduce;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.TestJobs;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>A cluster of three workers with two slots each, to which bad things are done, one test after the other.</summary>
public class FaultCluster : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>Worker processes.</summary>
    public const int Workers = 3;

    /// <summary>Tasks that each runs at a time.</summary>
    public const int Slots = 2;

    private const int LineLength = 11;

    private readonly TemporaryDirectory _folders = new();
    private readonly ClusterOptions _options;
    private PortableCluster? _portable;
    private ClusterClient? _client;
    private long _started;
    private int _jobs;

    /// <summary>A cluster with the launcher's own Redis.</summary>
    public FaultCluster()
        : this(testRedis: false)
    {
    }

    internal FaultCluster(bool testRedis, params IEnumerable<(string Name, string Value)> configuration)
    {
        var environment = configuration.ToDictionary(pair => pair.Name, pair => pair.Value);
        environment["MapReduce__Worker__JobAssemblies__0"] = typeof(Gate).Assembly.Location;
        environment["MapReduce__Roots__0"] = Folder;
        _options = new ClusterOptions(Workers, Slots, TestRedis: testRedis, Environment: environment);
    }

    internal PortableCluster Portable => _portable!;

    internal ClusterClient Client => _client!;

    /// <summary>The folder of everything that tests of this cluster write.</summary>
    internal string Folder => _folders.Path;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _portable = await PortableCluster.StartAsync(_options);
        _started = TimeProvider.System.GetTimestamp();
        _client = new ClusterClient(new ClusterClientOptions
        {
            Masters = MasterAddresses.Parse(Portable.Masters[0].ToString()),
            Token = Portable.Token("submit"),
            Patience = TimeSpan.FromMinutes(5),
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_portable is { } portable) await portable.DisposeAsync();
        _folders.Dispose();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until all workers run and the master knows them, and submits a job whose tasks wait at gates.</summary>
    /// <param name="maps">Map tasks; their lines are <see cref="GateRun.Line"/> of 1 and on.</param>
    /// <param name="openMaps">How many of them, from the first, do not wait.</param>
    /// <param name="holdReduces">Whether reduce tasks wait.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="reducers">Reduce tasks.</param>
    internal async Task<GateRun> SubmitAsync(int maps, int openMaps = 0, bool holdReduces = false, TimeSpan? lease = null, int reducers = 3)
    {
        await WholeAsync();
        var folder = _folders.Below($"job-{++_jobs}");
        var gates = new Marks(Path.Combine(folder, "gates"));
        var input = Path.Combine(folder, "input.txt");
        File.WriteAllLines(input, Enumerable.Range(1, maps).Select(GateRun.Line));
        var options = Gate.Definition.Parse(new Dictionary<string, string> { ["folder"] = Path.Combine(folder, "gates") });
        var spec = new JobSpec
        {
            Job = Gate.Definition.Name,
            Options = options,
            Inputs = [input],
            Output = Path.Combine(folder, "out"),
            Steps = Gate.Definition.Plan(options).Shapes,
            SplitSize = LineLength,
            Reducers = reducers,
            MemoryPerSlot = 16 << 20,
            Lease = lease ?? Outage.Lease,
        };
        var run = new GateRun(this, spec, folder, gates);
        for (var number = 1; number <= openMaps; number++) run.OpenMap(number);
        if (!holdReduces) run.OpenReduces();
        await run.SubmitAsync();
        return run;
    }

    /// <summary>Waits until every worker runs and is known to the master.</summary>
    internal Task WholeAsync() => Eventually.HoldsAsync(
        async () =>
        {
            var ids = WorkerIds();
            var live = (await Client.WorkersAsync()).Where(worker => worker is { IsLive: true, IsDraining: false }).Select(worker => worker.Registration.Id).ToHashSet();
            return ids.Count == Workers && ids.Values.All(live.Contains);
        },
        "all workers run");

    /// <summary>Waits until the master of a new cluster watches over leases: at first it gives workers the time of a usual lease to make themselves heard.</summary>
    internal Task WatchedAsync() => Eventually.HoldsAsync(() => TimeProvider.System.GetElapsedTime(_started) > TimeSpan.FromSeconds(11), "the grace is over");

    /// <summary>The name under which the launcher runs a worker.</summary>
    internal string WorkerName(string workerId) => WorkerIds().Single(worker => worker.Value == workerId).Key;

    /// <summary>The process of a worker.</summary>
    internal int WorkerPid(string workerId) => Portable.Services()[WorkerName(workerId)];

    /// <summary>Kills a worker as a crash does, and waits until the launcher has noticed.</summary>
    internal async Task KillWorkerAsync(string workerId)
    {
        Signals.Send("KILL", WorkerPid(workerId));
        await GoneAsync(workerId);
    }

    /// <summary>Waits until the process of a worker has ended.</summary>
    internal Task GoneAsync(string workerId) => Eventually.HoldsAsync(() => !WorkerIds().ContainsValue(workerId), $"the process of worker {workerId} ends");

    // The ids of the workers that run now, by the launcher's names for them, from what they say at their start.
    private Dictionary<string, string> WorkerIds()
    {
        var ids = new Dictionary<string, string>();
        foreach (var line in Portable.Output.Split('\n'))
        {
            if (Regex.Match(line, "^launcher +[|] (worker-[0-9]+) (started|ended)") is { Success: true } change) ids.Remove(change.Groups[1].Value);
            if (Regex.Match(line, "^(worker-[0-9]+) +[|].*Worker ([0-9a-f]{16}) with") is { Success: true } start) ids[start.Groups[1].Value] = start.Groups[2].Value;
        }
        return ids;
    }
}

/// <summary>Tests that share one cluster; each leaves it whole.</summary>
[CollectionDefinition(Name)]
public sealed class SharedFaultCluster : ICollectionFixture<FaultCluster>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "faults";
}
