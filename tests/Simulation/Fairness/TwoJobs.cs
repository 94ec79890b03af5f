using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Scheduling.Journal;
using MapReduce.Storage;
using MapReduce.Worker;
using Simulation.Checks;
using Simulation.Cluster;
using Simulation.Disk;
using Simulation.Faults;
using Simulation.Jobs;
using Simulation.World;

namespace Simulation.Fairness;

/// <summary>Two equal jobs of one-second maps on a few workers, over a slow but faultless network and store.</summary>
internal sealed class TwoJobs
{
    private static readonly string[] Names = ["one", "two"];

    private readonly VirtualWorld _world;
    private readonly SimDisk _disk;
    private readonly StoreServers _store;
    private readonly CommitWatch _commits;
    private readonly Network _network;
    private readonly List<SimMaster> _masters = [];
    private readonly int _maps;
    private int _samples, _even;

    public TwoJobs(int seed, int masters, int workers, int slots, int maps)
    {
        _world = new VirtualWorld(seed);
        _disk = new SimDisk(_world);
        _disk.Outside.CreateDirectory("/data/in");
        _disk.Outside.WriteAll("/data/in/text", "text\n"u8, exclusive: false, sync: false);
        _disk.Outside.CreateDirectory(SimMaster.DataFolder);
        _maps = maps;
        // No output is audited: here only the shares count.
        _commits = new CommitWatch(_world, new Dictionary<SimJob, OutputAudit>());
        _store = new StoreServers(_world, TimeSpan.Zero, store => new StoreBooks(_world, store, [.. Names.Select(JobJournal.JobId)], new Reports(), new InvalidationReasons(_world, [], (_, _, _) => true)));
        _network = new Network(_world, FaultProfile.Calm, () => _masters[_world.Random.Next(masters)]);
        for (var i = 0; i < masters; i++) AddMaster($"m{i}");
        for (var i = 0; i < workers; i++) AddWorker($"w{i}", slots);
        foreach (var name in Names) new SimUser(_world, name, _network, Job(name), waitsFor: null, cancelAt: null).Start();
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
    private IReadOnlyList<JobView> Views() => _store.Primary.Store.ActiveAsync(default).AsTask().Result.Jobs;

    private static SimJob Job(string name) => new(
        name, TinyJob.All[0], new InputPlan([], 1, []), new JobSpec { Job = "sleep", Inputs = ["/data/in"], Output = $"/data/out-{name}", Steps = [new StepShape(true, false, false)] });

    private void AddMaster(string name)
    {
        var node = new Node(_world, name);
        var store = new SimStore(_world, node, _store, FaultProfile.Calm);
        _masters.Add(new SimMaster(_world, node, _disk.ViewOf(node, () => { }), store, _ => Plan(), () => false));
    }

    private InputPlan Plan() => new([.. Enumerable.Range(0, _maps).Select(map => new InputSplit([new FileRange("/data/in/text", map, 1, _maps, 0)]))], 1, []);

    private void AddWorker(string name, int slots)
    {
        var node = new Node(_world, name);
        var loop = new WorkerLoop(
            new WorkerRegistration(name, slots, null), new SimClient(_network, node, _commits), new SleepRunner(node.Time, TimeSpan.FromSeconds(1)), node.Time);
        node.Start(() => loop.RunAsync(CancellationToken.None, CancellationToken.None));
    }
}
