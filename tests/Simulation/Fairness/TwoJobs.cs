using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Storage;
using MapReduce.Worker;
using Simulation.Checks;
using Simulation.Cluster;
using Simulation.Job;
using Simulation.World;

namespace Simulation.Fairness;

/// <summary>Two equal jobs of one-second maps on a few workers, over a slow but faultless network and store.</summary>
internal sealed class TwoJobs
{
    private static readonly FaultProfile Calm = new();

    private readonly VirtualWorld _world;
    private readonly InMemoryFileSystem _disk;
    private readonly InMemoryTaskLeaseStore _store;
    private readonly StoreAudit _audit;
    private readonly OutputAudit _output;
    private readonly Network _network;
    private readonly List<SimMaster> _masters = [];
    private readonly int _maps;
    private int _samples, _even;

    public TwoJobs(int seed, int masters, int workers, int slots, int maps)
    {
        _world = new VirtualWorld(seed);
        _disk = new InMemoryFileSystem(_world.Outside.Time);
        _store = new InMemoryTaskLeaseStore(_world.Outside.Time);
        _maps = maps;
        // The checks of the job that does not exist find nothing: here only the shares count.
        _audit = new StoreAudit(_store, new Ledger(_world, maps: 0, isCalm: false), _disk, "/none", "none");
        _output = new OutputAudit(_world, _disk, "/none", "none", TinyText.Write(_world, _disk, "/in"), hasOld: false);
        _network = new Network(_world, Calm, () => _masters[_world.Random.Next(masters)]);
        for (var i = 0; i < masters; i++) AddMaster($"m{i}");
        for (var i = 0; i < workers; i++) AddWorker($"w{i}", slots);
        foreach (var name in (string[])["one", "two"])
            new SimUser(_world, _network, new JobSpec { Job = "sleep", Inputs = ["/in"], Output = $"/{name}", Steps = [new StepShape(true, false, false)] }, name, cancelAt: null).Start();
    }

    /// <summary>Runs until a job has started its last map.</summary>
    /// <returns>The share of samples, 20 a second, in which the running slots of the two were within one of each other.</returns>
    public double Run()
    {
        _world.After(TimeSpan.FromSeconds(2), Sample);
        if (!_world.Run(() => Views().Any(job => job.Map.Cursor == _maps), TimeSpan.FromMinutes(10))) throw new InvalidOperationException(_world.Failure ?? "the jobs did not end");
        return (double)_even / _samples;
    }

    private void Sample()
    {
        if (Views() is [var one, var two])
        {
            _samples++;
            if (Math.Abs(one.Running - two.Running) <= 1) _even++;
        }
        _world.After(TimeSpan.FromMilliseconds(50), Sample);
    }

    // The views of a store in memory are there at once.
    private IReadOnlyList<JobView> Views() => _store.ActiveAsync(default).AsTask().Result.Jobs;

    private void AddMaster(string name) => _masters.Add(new SimMaster(
        _world, name, _disk, () => { }, node => new SimStore(_world, node, _store, Calm, _audit),
        _ => new InputPlan([.. Enumerable.Range(0, _maps).Select(map => new InputSplit([new FileRange("/in/text", map, 1, _maps, 0)]))], 1, [])));

    private void AddWorker(string name, int slots)
    {
        var node = new Node(_world, name);
        var loop = new WorkerLoop(
            new WorkerRegistration(name, slots, null), new SimClient(_network, node, _output), new SleepRunner(node.Time, TimeSpan.FromSeconds(1)), node.Time);
        node.Start(() => loop.RunAsync(CancellationToken.None, CancellationToken.None));
    }
}
