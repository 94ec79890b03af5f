using MapReduce.Jobs;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Streaming;
using MapReduce.Worker;
using MapReduce.WorkerService.Files;
using MapReduce.WorkerService.Jobs;
using MapReduce.WorkerService.Options;
using MapReduce.WorkerService.Running;
using MapReduce.WorkerService.Shuffle;
using MapReduce.WorkerService.Storage;

namespace MapReduce.WorkerService.Hosting;

/// <summary>A worker and all that it works with: its folder, its listener for map outputs, the engine. Runs once.</summary>
internal sealed partial class ClusterWorker : IAsyncDisposable
{
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly WorkFolder _folder;
    private readonly ShuffleSecrets _secrets = new();
    private readonly RemoteMapOutputSource _source;
    private readonly AttemptRunner _attempts;
    private readonly FileCache _files;
    private readonly ClusterAttemptRunner _runner;
    private ShuffleListener? _listener;
    private IReadOnlyList<string> _dead = [];

    private ClusterWorker(WorkerOptions options, TimeProvider time, JobCatalog jobs, WorkFolder folder, WorkerDirectory workers, OpenFile openFile, ILoggerFactory logging)
    {
        (_options, _time, _folder, Workers) = (options, time, folder, workers);
        _files = new FileCache(Path.Combine(folder.Path, "files"), openFile, DiskGuard.FreeBytes, time);
        var plans = new JobPlans(jobs, options.AllowUserCode ? StreamJob.DefinitionOn(_files.PathOf) : null);
        var files = PhysicalFileSystem.Instance;
        var output = new FileOutputStore(files, folder.Path, OutputDurability.Machine);
        var limits = new RemoteShuffleOptions { ParallelFetches = options.ParallelFetches, AlwaysOverHttp = options.AlwaysFetchOverHttp };
        _source = new RemoteMapOutputSource(files, Workers, limits, time);
        _attempts = new AttemptRunner(files, output, _source, folder.Path, plans.Of);
        _runner = new ClusterAttemptRunner(
            _attempts,
            new AllowedPaths(options.Roots, output),
            new MemoryGuard(options.Slots, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
            new DiskGuard(folder.Path, options.Quota, DiskGuard.FreeBytes),
            _secrets,
            plans,
            _files,
            logging.CreateLogger<ClusterAttemptRunner>());
    }

    /// <summary>Where other workers are; the client of the master fills it.</summary>
    public WorkerDirectory Workers { get; }

    /// <summary>As the worker announces itself.</summary>
    public WorkerRegistration Registration => new(_folder.WorkerId, _options.Slots, _listener!.Address, _folder.Path);

    /// <summary>Loads jobs, takes a folder and listens.</summary>
    /// <exception cref="WorkerStartException">A job assembly cannot be used, the work directory cannot be written, or the address is taken.</exception>
    public static async Task<ClusterWorker> StartAsync(
        WorkerOptions options, IConfiguration configuration, WorkerDirectory workers, OpenFile openFile, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var jobs = TrustedJobs.Load(BuiltInJobs.Catalog, options.JobAssemblies);
        var worker = new ClusterWorker(options, time, jobs, TakeFolder(options), workers, openFile, logging);
        try
        {
            await worker.ListenAsync(configuration, logging, cancellationToken);
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }

        var logger = logging.CreateLogger<ClusterWorker>();
        var dead = worker._folder.SweepDead();
        foreach (var (path, problem) in dead) Swept(logger, path, problem);
        worker._dead = [.. dead.Select(swept => WorkFolder.WorkerOf(swept.Path))];
        Started(logger, worker._folder.WorkerId, options.Slots, worker._listener!.Address, options.Master, worker._folder.Path);
        return worker;
    }

    /// <summary>Works until told to leave.</summary>
    /// <param name="master">The master.</param>
    /// <param name="drain">Finish what runs, serve what is held until its jobs end or <see cref="WorkerOptions.DrainTimeout"/> has passed.</param>
    /// <param name="stop">Leave at once.</param>
    public Task RunAsync(IMasterClient master, CancellationToken drain, CancellationToken stop) =>
        Task.WhenAll(new WorkerLoop(Registration, master, _runner, _time).RunAsync(drain, stop, _options.DrainTimeout), TellOfDeadAsync(master, drain));

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
        _files.Dispose();
        _source.Dispose();
        _attempts.Dispose();
        _folder.Dispose();
    }

    // Their map outputs are gone. Until their registrations have lapsed, reduces would look for them in vain.
    private async Task TellOfDeadAsync(IMasterClient master, CancellationToken leaving)
    {
        try
        {
            foreach (var worker in _dead) await master.DeregisterAsync(worker, leaving);
        }
        catch (MasterUnavailableException)
        {
            // Then they do lapse.
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
        }
    }

    private static WorkFolder TakeFolder(WorkerOptions options)
    {
        try
        {
            return WorkFolder.Create(options.WorkDirectory);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new WorkerStartException($"The work directory '{options.WorkDirectory}' cannot be used: {refused.Message} Set MapReduce:Worker:WorkDirectory.", refused);
        }
    }

    private async Task ListenAsync(IConfiguration configuration, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var server = new SegmentServer(PhysicalFileSystem.Instance, _folder.Path);
        try
        {
            _listener = await ShuffleListener.StartAsync(_options.Listen!, _options.Advertise!, configuration, server, _secrets, logging, cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or InvalidOperationException)
        {
            throw new WorkerStartException($"Map outputs cannot be served at {_options.Listen}: {refused.Message} Set MapReduce:Worker:Listen, or the certificate that https needs.", refused);
        }
    }

    [LoggerMessage(LogLevel.Information, "Worker {Worker} with {Slots} slots serves map outputs at {Address}, works for {Master}, in '{Folder}'")]
    private static partial void Started(ILogger logger, string worker, int slots, string address, string master, string folder);

    [LoggerMessage(LogLevel.Information, "Deleted '{Folder}' of a worker that lives no more")]
    private static partial void Swept(ILogger logger, string folder, Exception? problem);
}
