using MapReduce.Counters;
using MapReduce.Input;
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
        Run(runner, job.WriteInputs(_files, "/in"));
        Counters = new Dictionary<string, long>(_counters);
    }

    public IReadOnlyDictionary<string, byte[]> Files => _parts;

    public IReadOnlyDictionary<string, long> Counters { get; }

    private void Run(AttemptRunner runner, InputPlan plan)
    {
        var boundaries = _job.Plan.Shapes[0].IsSampled ? Run(runner, Lease(TaskKind.Sample, 0) with { SampledSplits = plan.Splits }).Boundaries : null;
        var outputs = new List<MapOutputLocation>();
        foreach (var split in plan.Splits)
        {
            var lease = Lease(TaskKind.Map, outputs.Count) with { Split = split, Boundaries = boundaries };
            Run(runner, lease);
            outputs.Add(new MapOutputLocation(lease.Task.Index, lease.Token, "worker"));
        }

        for (var reduce = 0; reduce < plan.Reducers; reduce++) Run(runner, Lease(TaskKind.Reduce, reduce) with { MapOutputs = outputs });
    }

    private AttemptResult Run(AttemptRunner runner, TaskLease lease)
    {
        // Inline, so it is over by now.
        var result = runner.RunAsync(lease, new AttemptProgress(), CancellationToken.None).GetAwaiter().GetResult();
        _counters.Add(result.Counters);
        foreach (var file in result.Files)
            _parts.Add(file.Name, _files.TryReadAll(Path.Combine(OutputPaths.Attempt(Output, Id, lease.Task, lease.Token), file.Name))!);
        return result;
    }

    private TaskLease Lease(TaskKind kind, int index) => new()
    {
        JobId = Id,
        Task = new TaskId(0, kind, index),
        Token = $"1.{index:x16}",
        Attempt = 1,
        Duration = TimeSpan.FromSeconds(10),
        Reducers = _job.Reducers,
        Spec = _job.Spec("/in", Output),
    };
}
