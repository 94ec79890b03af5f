using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;
using MapReduce.Worker;
using Simulation.Checks;
using Simulation.Job;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>A worker process: the real loop, a tiny runner, the shared disk, the faulty network.</summary>
internal sealed class SimWorker
{
    public SimWorker(VirtualWorld world, string name, int slots, Network network, IFileSystem disk, OutputAudit output, FaultProfile faults, Ledger ledger, Func<string, bool> isReachable)
    {
        Node = new Node(world, name);
        var files = new NodeFiles(disk, Node, output.Look);
        var store = new FileOutputStore(files, SimMaster.DataFolder, OutputDurability.Machine);
        var runner = new TinyRunner(world, Node, files, store, faults, ledger, isReachable);
        var loop = new WorkerLoop(new WorkerRegistration(name, slots, null), new SimClient(network, Node, output), runner, Node.Time);
        var drain = new CancellationTokenSource();
        var linger = world.Chance(0.5) ? world.Between(0, 60) : TimeSpan.Zero;
        Drain = () => Node.Post(_ => drain.Cancel(), null);
        Node.Start(async () =>
        {
            await loop.RunAsync(drain.Token, CancellationToken.None, linger);
            Node.Kill();
        });
    }

    public const int MostSlots = 3;

    public Node Node { get; }

    /// <summary>Makes the worker leave gracefully.</summary>
    public Action Drain { get; }
}
