using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;
using MapReduce.Worker;
using Simulation.Checks;
using Simulation.Faults;
using Simulation.Jobs;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>A worker process: the real loop and the real attempt runner, on the shared disk and the faulty network.</summary>
internal sealed class SimWorker
{
    public const int MostSlots = 3;

    private readonly SimClient _client;
    private readonly int _slots;
    private readonly TimeSpan _since;

    public SimWorker(VirtualWorld world, Node node, int slots, Network network, IFileSystem files, CommitWatch commits, FaultProfile faults, AttemptBooks attempts, Func<string, bool> isReachable)
    {
        (Node, _slots, _since) = (node, slots, world.Now);
        _client = new SimClient(network, node, commits);
        var output = new FileOutputStore(files, SimMaster.DataFolder, OutputDurability.Machine);
        var runner = new SimRunner(world, node, files, output, faults, attempts, worker => worker == node.Name || isReachable(worker));
        var loop = new WorkerLoop(new WorkerRegistration(node.Name, slots, null), _client, runner, node.Time);
        var drain = new CancellationTokenSource();
        var linger = world.Chance(0.5) ? world.Between(0, 60) : TimeSpan.Zero;
        Leave = () => Node.Post(_ =>
        {
            IsLeaving = true;
            drain.Cancel();
        }, null);
        Node.Start(async () =>
        {
            await loop.RunAsync(drain.Token, CancellationToken.None, linger);
            Node.Kill();
        });
    }

    public Node Node { get; }

    /// <summary>Where its map outputs lie.</summary>
    public string WorkDirectory => $"/scratch/{Node.Name}";

    /// <summary>Makes the worker leave gracefully.</summary>
    public Action Leave { get; }

    public bool IsLeaving { get; private set; }

    /// <summary>True when the worker, with nothing to do, does not ask for as many tasks as it has slots.</summary>
    /// <param name="now">The time; a worker that just came up has not asked yet.</param>
    public bool LacksSlots(TimeSpan now) => !IsLeaving && !_client.IsDraining && now - _since > TimeSpan.FromSeconds(10) && _client.LastRoom != _slots;
}
