using MapReduce.Counters;
using MapReduce.Memory;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Worker;
using Simulation.Disk;
using Simulation.World;

namespace Simulation.Jobs;

/// <summary>A tiny job run by the engine, each task once and one after the other, where nothing goes wrong.</summary>
internal sealed class SequentialRun
{
    private const string Work = "/work", Output = "/out", Id = "job";

    private readonly IFileSystem _files = new SimDisk(new VirtualWorld(seed: 0)).Outside;
    private readonly TinyJob _job;
    private readonly CounterSet _counters = [];
    private readonly Dictionary<string, byte[]> _parts = [];

    public SequentialRun(TinyJob job)
    {
        _job = job;
        var output = new FileOutputStore(_files, "/master", OutputDurability.Process);
        var source = new LocalMapOutputSource(_files, Work, parallelism: 1);
        using var runner = new AttemptRunner(_files, output, source, Work, lease => job.PlanOf(lease, fault: null), isOnlyHost: false, runsInline: true, new MemoryPool(), leastRoom: 0);
        new TaskWalk(job, _files, "worker", Output, Lease, lease => Run(runner, lease)).RunAll(job.WriteInputs(_files, "/in"));
        Counters = new Dictionary<string, long>(_counters);
    }

    public IReadOnlyDictionary<string, byte[]> Files => _parts;

    public IReadOnlyDictionary<string, long> Counters { get; }

    private AttemptResult Run(AttemptRunner runner, TaskLease lease)
    {
        // Inline, so it is over by now.
        var result = runner.RunAsync(lease, new AttemptProgress(), CancellationToken.None).GetAwaiter().GetResult();
        _counters.Add(result.Counters);
        foreach (var file in result.Files.Where(file => OutputNames.IsOfOutput(file.Name)))
            _parts.Add(file.Name, _files.TryReadAll(Path.Combine(OutputPaths.Attempt(Output, Id, lease.Task, lease.Token), file.Name))!);
        return result;
    }

    private TaskLease Lease(TaskId task) => new()
    {
        JobId = Id,
        Task = task,
        Token = $"1.{task.Index:x16}",
        Attempt = 1,
        Duration = TimeSpan.FromSeconds(10),
        Reducers = _job.Reducers,
        Spec = _job.Spec("/in", Output),
    };
}
