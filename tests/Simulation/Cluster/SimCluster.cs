using MapReduce.Input;
using MapReduce.Protocol;
using Simulation.Checks;
using Simulation.Disk;
using Simulation.Faults;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>Masters and workers over one store, one disk and one network. A node that dies is replaced after a while.</summary>
internal sealed class SimCluster
{
    private readonly VirtualWorld _world;
    private readonly SimDisk _disk;
    private readonly FaultProfile _faults;
    private readonly CommitWatch _commits;
    private readonly AttemptBooks _attempts;
    private readonly Func<JobSpec, InputPlan> _planner;
    private readonly List<SimMaster> _masters = [];
    private readonly List<SimWorker> _workers = [];
    private int _names;
    private bool _hadPowerLoss;

    public SimCluster(VirtualWorld world, SimDisk disk, StoreServers store, FaultProfile faults, CommitWatch commits, AttemptBooks attempts, Func<JobSpec, InputPlan> planner)
    {
        (_world, _disk, Store, _faults, _commits, _attempts, _planner) = (world, disk, store, faults, commits, attempts, planner);
        Network = new Network(world, faults, AnyMaster);
        for (var masters = world.Chance(0.2) ? 1 : 2; masters > 0; masters--) AddMaster();
        for (var workers = world.Random.Next(1, faults.Scope.MostWorkers + 1); workers > 0; workers--) AddWorker();
    }

    public Network Network { get; }

    public StoreServers Store { get; }

    public IEnumerable<SimMaster> Masters => _masters.Where(master => !master.Node.IsDead);

    public IEnumerable<SimWorker> Workers => _workers.Where(worker => !worker.Node.IsDead);

    /// <summary>All machines that run.</summary>
    public IReadOnlyList<Node> Nodes => [.. Masters.Select(master => master.Node), .. Workers.Select(worker => worker.Node)];

    /// <summary>Called with each new node, before it does anything.</summary>
    public Action<Node>? NodeStarted { get; set; }

    /// <summary>True when a node died, so that files may have been left behind.</summary>
    public bool HadDeath { get; private set; }

    /// <summary>True when a disk gave reasons for calls to fail.</summary>
    public bool MayDiskFail { get; set; }

    public SimMaster? AnyMaster() => Any([.. Masters]);

    public SimWorker? AnyWorker() => Any([.. Workers]);

    /// <summary>The machines lose their power: processes end, and what they had not synced may be lost.</summary>
    public void LosePower(IReadOnlyList<Node> nodes)
    {
        // What a master has just seen may be gone at its next look; the next tick makes up for that.
        _hadPowerLoss = true;
        foreach (var node in nodes) node.Kill();
        _disk.LosePower(nodes.Contains);
        _commits.LookAfterPowerLoss();
    }

    private T? Any<T>(List<T> living)
        where T : class => living.Count == 0 ? null : living[_world.Random.Next(living.Count)];

    private void AddMaster()
    {
        var node = NewNode("m");
        var master = new SimMaster(_world, node, _disk.ViewOf(node, _commits.Look), new SimStore(_world, node, Store, _faults), _planner, () => MayDiskFail || _hadPowerLoss);
        _masters.Add(master);
        Replace(node, AddMaster);
    }

    private void AddWorker()
    {
        var node = NewNode("w");
        _disk.Outside.CreateDirectory($"/scratch/{node.Name}");
        var slots = _world.Random.Next(1, SimWorker.MostSlots + 1);
        _workers.Add(new SimWorker(_world, node, slots, Network, _disk.ViewOf(node, _commits.Look), _commits, _faults, _attempts, IsReachable));
        Replace(node, AddWorker);
    }

    private Node NewNode(string kind)
    {
        var skew = _faults.IsSkewed ? new ClockSkew(_world.Between(-3600, 3600), _world.Between(-0.05, 0.05).TotalSeconds) : default;
        var node = new Node(_world, $"{kind}{++_names}", skew);
        NodeStarted?.Invoke(node);
        return node;
    }

    private void Replace(Node node, Action add) => node.Died = () =>
    {
        HadDeath = true;
        _world.Later(_world.Between(0.1, _faults.Scope.ReplacedWithin), add);
    };

    private bool IsReachable(string worker) =>
        _workers.Find(each => each.Node.Name == worker) is { Node: { IsDead: false, IsPaused: false } node } && !Network.IsCut(node, Way.Fetches);
}
