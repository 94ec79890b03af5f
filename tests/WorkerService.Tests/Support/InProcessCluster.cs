using MapReduce;
using MapReduce.Input;
using MapReduce.Jobs;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.WorkerService.Hosting;
using MapReduce.WorkerService.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace WorkerService.Tests.Support;

/// <summary>Whole workers beside a master without its web service: what they exchange are calls, and map outputs over HTTP.</summary>
internal sealed class InProcessCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<ClusterWorker> _workers = [];
    private readonly List<Task> _running = [];

    public static InProcessCluster Start() => new();

    private InProcessCluster()
    {
        var files = PhysicalFileSystem.Instance;
        var data = _folder.Folder("data");
        Coordinator = new JobCoordinator(
            new InMemoryTaskLeaseStore(TimeProvider.System), new FileOutputStore(files, data, OutputDurability.Machine), files, data,
            new InputPlanner(files).Plan, TimeProvider.System, new Random(1), isDurable: true);
        _running.Add(TickAsync());
    }

    public JobCoordinator Coordinator { get; }

    public string Work => _folder.Folder("work");

    public string Output => _folder["out"];

    public string Input(string name, string content) => _folder.File(Path.Combine("in", name), content);

    public async Task<ClusterWorker> StartWorkerAsync(Action<WorkerOptions>? configure = null, CancellationToken drain = default)
    {
        var options = new WorkerOptions
        {
            Master = "http://in.this.process",
            Slots = 1,
            WorkDirectory = Work,
            Listen = "http://127.0.0.1:0",
            Advertise = "127.0.0.1",
            AlwaysFetchOverHttp = true,
        };
        configure?.Invoke(options);
        var worker = await ClusterWorker.StartAsync(options, new ConfigurationBuilder().Build(), new WorkerDirectory(), (_, _) => throw new NotSupportedException(), NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        foreach (var other in _workers)
        {
            other.Workers.Learn(worker.Registration);
            worker.Workers.Learn(other.Registration);
        }

        worker.Workers.Learn(worker.Registration);
        _workers.Add(worker);
        _running.Add(worker.RunAsync(Coordinator, drain, _end.Token));
        return worker;
    }

    /// <summary>Runs a built-in job over all inputs to its end.</summary>
    public async Task<JobStatus> RunAsync(string job, string options = "{}", int reducers = 2, long splitSize = 0)
    {
        var plan = BuiltInJobs.Catalog.TryFind(job, out var definition) ? definition.Plan(options) : throw new ArgumentException(job);
        return await RunAsync(new JobSpec
        {
            Job = job,
            Options = options,
            Inputs = [_folder["in"]],
            Output = Output,
            Reducers = reducers,
            SplitSize = splitSize,
            MemoryPerSlot = 16 << 20,
            Steps = plan.Shapes,
        });
    }

    public async Task<JobStatus> RunAsync(JobSpec spec)
    {
        var jobId = await Coordinator.SubmitAsync(spec, Guid.NewGuid().ToString("N"), JobOrigin.Unknown with { ShuffleSecret = "secret" }, CancellationToken.None);
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var status = await Coordinator.StatusAsync(jobId, patience.Token);
            if (status?.EndedAt is not null) return status;
            await Coordinator.WaitForTickAsync(TimeSpan.FromMilliseconds(100), patience.Token);
        }
    }

    /// <summary>The lines of all parts, sorted.</summary>
    public IEnumerable<string> Lines() => Directory.GetFiles(Output, "part-*").SelectMany(File.ReadAllLines).Order(StringComparer.Ordinal);

    /// <summary>What remains of jobs in the work directories.</summary>
    public IEnumerable<string> Left() => _workers.SelectMany(worker => Directory.GetDirectories(worker.Registration.WorkDirectory!));

    public async ValueTask DisposeAsync()
    {
        _end.Cancel();
        await Task.WhenAll(_running).WaitAsync(Patience);
        foreach (var worker in _workers) await worker.DisposeAsync();
        _end.Dispose();
        _folder.Dispose();
    }

    private async Task TickAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            await Coordinator.TickAsync(CancellationToken.None);
            await Coordinator.WaitForTickAsync(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }
    }
}
