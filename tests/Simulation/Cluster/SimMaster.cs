using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>A master process: a coordinator over the shared store and data folder, and the loop that ticks it.</summary>
internal sealed class SimMaster
{
    private readonly VirtualWorld _world;

    public SimMaster(VirtualWorld world, string name, IFileSystem disk, Action diskChanged, Func<Node, ITaskLeaseStore> store, Func<JobSpec, MapReduce.Input.InputPlan> planner)
    {
        _world = world;
        Node = new Node(world, name);
        var files = new NodeFiles(disk, Node, diskChanged);
        var output = new FileOutputStore(files, DataFolder, OutputDurability.Machine);
        Coordinator = new JobCoordinator(store(Node), output, files, DataFolder, planner, Node.Time, new Random(world.Random.Next()));
        Node.Start(RunAsync);
    }

    public const string DataFolder = "/master";

    public Node Node { get; }

    public JobCoordinator Coordinator { get; }

    private async Task RunAsync()
    {
        while (true)
        {
            try
            {
                await Coordinator.TickAsync(CancellationToken.None);
            }
            catch (Exception away) when (away is MasterUnavailableException)
            {
                _world.Log($"{Node.Name} cannot tick: {away.Message}");
            }
            catch (AggregateException failed) when (failed.InnerExceptions.All(inner => inner is IOException))
            {
                _world.Fail($"{Node.Name} cannot drive the job: {failed.InnerExceptions[0]}");
            }

            await Coordinator.WaitForTickAsync(TimeSpan.FromMilliseconds(250), CancellationToken.None);
        }
    }
}
