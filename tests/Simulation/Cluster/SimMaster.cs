using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>A master process: a coordinator over the shared store and data folder, and the loop that ticks it.</summary>
internal sealed class SimMaster
{
    // As seldom as a master may with leases of 10 s: most ticks find nothing to do.
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1.5);

    private readonly VirtualWorld _world;
    private readonly Func<bool> _mayFail;

    /// <param name="world">Its world.</param>
    /// <param name="node">The machine that it runs on.</param>
    /// <param name="files">The shared disk as that machine sees it.</param>
    /// <param name="store">The lease store as it reaches it.</param>
    /// <param name="planner">Plans a job.</param>
    /// <param name="mayFail">Whether a disk gives reasons for a tick to fail.</param>
    public SimMaster(VirtualWorld world, Node node, IFileSystem files, ITaskLeaseStore store, Func<JobSpec, InputPlan> planner, Func<bool> mayFail)
    {
        (_world, _mayFail, Node) = (world, mayFail, node);
        var output = new FileOutputStore(files, DataFolder, OutputDurability.Machine);
        Coordinator = new JobCoordinator(store, output, files, DataFolder, planner, node.Time, new Random(world.Random.Next()));
        Node.Start(RunAsync);
    }

    public const string DataFolder = "/master";

    public Node Node { get; }

    public JobCoordinator Coordinator { get; }

    // As a master service does, to see whether it shares its store with masters of another folder.
    private void CheckDataFolder()
    {
        try
        {
            Coordinator.DataFolderId();
        }
        catch (IOException full) when (_mayFail())
        {
            _world.Log($"{Node.Name} cannot read its data folder: {full.Message}");
        }
    }

    private async Task RunAsync()
    {
        CheckDataFolder();
        while (true)
        {
            try
            {
                await Coordinator.TickAsync(CancellationToken.None);
            }
            catch (MasterUnavailableException away)
            {
                _world.Log($"{Node.Name} cannot tick: {away.Message}");
            }
            catch (AggregateException failed) when (failed.InnerExceptions.All(inner => inner is IOException))
            {
                // Code of a node that died in the midst of a step may run into anything.
                if (_mayFail() || Node.IsDead) _world.Log($"{Node.Name} cannot drive a job: {failed.InnerExceptions[0].Message}");
                else _world.Fail($"{Node.Name} cannot drive a job: {failed.InnerExceptions[0]}");
            }

            await Coordinator.WaitForTickAsync(TickEvery, CancellationToken.None);
        }
    }
}
