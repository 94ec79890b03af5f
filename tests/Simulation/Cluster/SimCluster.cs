using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Storage;
using Simulation.Checks;
using Simulation.Job;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>Masters and workers over one store, one disk and one network. A node that dies is replaced after a while.</summary>
internal sealed class SimCluster
{
    private readonly VirtualWorld _world;
    private readonly InMemoryFileSystem _disk;
    private readonly InMemoryTaskLeaseStore _store;
    private readonly FaultProfile _faults;
    private readonly TinyText _text;
    private readonly Ledger _ledger;
    private readonly StoreAudit _audit;
    private readonly OutputAudit _output;
    private readonly List<SimMaster> _masters = [];
    private readonly List<SimWorker> _workers = [];
    private int _names;

    public SimCluster(VirtualWorld world, InMemoryFileSystem disk, InMemoryTaskLeaseStore store, FaultProfile faults, TinyText text, Ledger ledger, StoreAudit audit, OutputAudit output)
    {
        (_world, _disk, _store, _faults, _text, _ledger, _audit, _output) = (world, disk, store, faults, text, ledger, audit, output);
        Network = new Network(world, faults, AnyMaster);
        for (var masters = world.Random.Next(1, 3); masters > 0; masters--) AddMaster();
        for (var workers = world.Random.Next(1, 5); workers > 0; workers--) AddWorker();
    }

    public Network Network { get; }

    public IEnumerable<SimWorker> LivingWorkers => _workers.Where(worker => !worker.Node.IsDead);

    /// <summary>True when a node died, so that files may have been left behind.</summary>
    public bool HadDeath { get; private set; }

    public SimMaster? AnyMaster() => Any(_masters.Where(master => !master.Node.IsDead).ToList());

    public SimWorker? AnyWorker() => Any(LivingWorkers.ToList());

    public void StrikeMasters(Action<SimMaster> blow)
    {
        foreach (var master in _masters.Where(master => !master.Node.IsDead).ToList()) blow(master);
    }

    private T? Any<T>(List<T> living)
        where T : class => living.Count == 0 ? null : living[_world.Random.Next(living.Count)];

    private void AddMaster()
    {
        var name = $"m{++_names}";
        var master = new SimMaster(_world, name, _disk, _output.Look, node => new SimStore(_world, node, _store, _faults, _audit), Plan);
        _masters.Add(master);
        Replace(master.Node, AddMaster);
    }

    private void AddWorker()
    {
        var worker = new SimWorker(_world, $"w{++_names}", _world.Random.Next(1, SimWorker.MostSlots + 1), Network, _disk, _output, _faults, _ledger, IsReachable);
        _workers.Add(worker);
        Replace(worker.Node, AddWorker);
    }

    private void Replace(Node node, Action add) => node.Died = () =>
    {
        HadDeath = true;
        _world.After(_world.Between(0.1, 20), add);
    };

    private bool IsReachable(string worker) => _workers.Find(each => each.Node.Name == worker) is { Node: { IsDead: false, IsPaused: false } };

    private InputPlan Plan(JobSpec spec) => new(_text.Splits, _text.Reducers, []);
}
