using MapReduce.Counters;
using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;
using MapReduce.Worker;
using Simulation.Disk;
using Simulation.Faults;
using Simulation.World;

namespace Simulation.Jobs;

/// <summary>One worker that is given the tasks of a job in order, and no master.</summary>
internal sealed class RunnerFixture : IAttemptWatch
{
    public const string Worker = "w1";

    private const string Output = "/data/out", Id = "job";

    private readonly VirtualWorld _world = new(seed: 7);
    private readonly SimDisk _disk;
    private readonly Node _node;
    private readonly SimRunner _runner;
    private readonly InputPlan _plan;
    private readonly List<MapOutputLocation> _outputs = [];
    private readonly CounterSet _counters = [];
    private int _attempts;

    public RunnerFixture(TinyJob job, FaultProfile faults)
    {
        Job = job;
        _disk = new SimDisk(_world);
        _plan = job.WriteInputs(_disk.Outside, "/data/in");
        _node = new Node(_world, Worker);
        _runner = new SimRunner(_world, _node, _disk.Outside, new FileOutputStore(_disk.Outside, "/master", OutputDurability.Machine), faults, this, worker => worker == Reachable);
    }

    public TinyJob Job { get; }

    public string Reachable { get; set; } = Worker;

    /// <summary>How often user code failed or stalled.</summary>
    public int Failures { get; private set; }

    public Dictionary<string, byte[]> Parts { get; } = [];

    public IReadOnlyDictionary<string, long> Counters => new Dictionary<string, long>(_counters);

    /// <summary>All files that attempts left.</summary>
    public IEnumerable<string> Left => _disk.AllFiles().Where(path => !path.StartsWith("/data/in/", StringComparison.Ordinal));

    public TimeSpan Now => _world.Now;

    /// <summary>Runs the whole job.</summary>
    public void RunAll() => new TaskWalk(Job, _disk.Outside, Worker, Output, Lease, Run).RunAll(_plan);

    /// <summary>Runs one attempt, which must end well.</summary>
    public AttemptResult Run(TaskLease lease)
    {
        var result = Start(lease).GetAwaiter().GetResult();
        _counters.Add(result.Counters);
        if (lease is { Task.Kind: TaskKind.Map }) _outputs.Add(new MapOutputLocation(lease.Task.Index, lease.Token, Worker));
        foreach (var file in result.Files.Where(file => OutputNames.IsOfOutput(file.Name))) Parts.Add(file.Name, _disk.Outside.TryReadAll($"{OutputPaths.Attempt(Output, Id, lease.Task, lease.Token)}/{file.Name}")!);
        return result;
    }

    public AttemptFailure Fail(TaskLease lease) => Assert.Throws<AttemptFailedException>(() => Run(lease)).Failure;

    /// <summary>Runs one attempt to its end.</summary>
    public Task<AttemptResult> Start(TaskLease lease, CancellationToken cancellation = default)
    {
        Task<AttemptResult>? run = null;
        _node.Post(_ => run = _runner.RunAsync(lease, new AttemptProgress(), cancellation), null);
        Assert.True(_world.Run(() => run is { IsCompleted: true }, _world.Now + TimeSpan.FromHours(1)), _world.Failure);
        return run!;
    }

    public TaskLease Map(int index) => Lease(new TaskId(0, TaskKind.Map, index)) with { Split = _plan.Splits[index] };

    public TaskLease Reduce(int index) => Lease(new TaskId(0, TaskKind.Reduce, index)) with { MapOutputs = _outputs };

    /// <summary>Does something at a time.</summary>
    public void At(double seconds, Action action) => _world.After(TimeSpan.FromSeconds(seconds), action);

    void IAttemptWatch.Started(TaskLease lease, string worker) { }

    void IAttemptWatch.Failed(TaskLease lease) => Failures++;

    int IAttemptWatch.FailuresOf(string jobId, TaskId task) => Failures;

    bool IAttemptWatch.MayDie() => true;

    private TaskLease Lease(TaskId task) => new()
    {
        JobId = Id,
        Task = task,
        Token = $"1.{++_attempts:x16}",
        Attempt = 1,
        Duration = TimeSpan.FromSeconds(10),
        Reducers = _plan.Reducers,
        Spec = Job.Spec("/data/in", Output),
    };
}
