using MapReduce.Counters;
using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Storage;
using Microsoft.Extensions.Time.Testing;

namespace MapReduce.Tests.Scheduling;

/// <summary>A coordinator over a store in memory, a real data folder, and a clock that the test moves.</summary>
internal sealed class CoordinatorBench : IDisposable
{
    public const int Seed = 1;

    private readonly string _folder = Directory.CreateTempSubdirectory("mapreduce-").FullName;

    private readonly bool _isDurable, _fillsMapOutputs;

    public CoordinatorBench(int maps = 2, int reducers = 1, bool isDurable = false, bool fillsMapOutputs = true)
    {
        (_isDurable, _fillsMapOutputs) = (isDurable, fillsMapOutputs);
        Plan = new InputPlan([.. Enumerable.Range(0, maps).Select(Split)], reducers, []);
        Store = new InMemoryTaskLeaseStore(Time);
        Master = Another();
    }

    public FakeTimeProvider Time { get; } = new();
    public FakeOutputStore Output { get; } = new();
    public string Folder => _folder;
    public InputPlan Plan { get; set; }
    public InMemoryTaskLeaseStore Store { get; }
    public JobCoordinator Master { get; set; }

    /// <summary>Another master over the same store, outputs and data folder.</summary>
    public JobCoordinator Another() => new(Store, Output, PhysicalFileSystem.Instance, _folder, _ => Plan, Time, new Random(Seed), _isDurable, _fillsMapOutputs);

    public static JobSpec Spec(string output = "/out", params StepShape[] steps) => new()
    {
        Job = "test",
        Inputs = ["/in"],
        Output = output,
        Steps = steps.Length > 0 ? steps : [new StepShape(true, false, false)],
    };

    public async Task<string> SubmitAsync(JobSpec? spec = null, string key = "key") => await Master.SubmitAsync(spec ?? Spec(), key, JobOrigin.Unknown, default);

    public async Task<TaskLease?> TryClaimAsync(string worker = "w1") =>
        (await Master.ClaimAsync(worker, 1, TimeSpan.Zero, default)).SingleOrDefault();

    public async Task<TaskLease> ClaimAsync(string worker = "w1")
    {
        var lease = await TryClaimAsync(worker);
        Assert.NotNull(lease);
        Assert.Equal(RenewAnswer.Ok, await RenewAsync(lease, worker));
        return lease;
    }

    public async Task<RenewAnswer> RenewAsync(TaskLease lease, string worker = "w1") =>
        Assert.Single(await Master.RenewAsync(worker, [new RenewRequest(Ref(lease), default)], default));

    public async Task<CompleteAnswer> CompleteAsync(TaskLease lease, string worker = "w1") =>
        await CompleteAsync(Ref(lease), Result(lease), worker);

    public async Task<CompleteAnswer> CompleteAsync(LeaseRef lease, AttemptResult result, string worker) =>
        (await Master.ExchangeAsync(worker, [new CompletedAttempt(lease, result)], 0, default)).Answers[0];

    public async Task<FailureKind> FailAsync(TaskLease lease, FailureKind kind, string worker = "w1", params FetchFailure[] fetches)
    {
        await Master.FailAsync(worker, Ref(lease), new AttemptFailure(kind, "it broke", FetchFailures: fetches), default);
        return kind;
    }

    /// <summary>Runs tasks until there is none to claim.</summary>
    public async Task RunAllAsync(string worker = "w1")
    {
        while (await TryClaimAsync(worker) is { } lease) await CompleteAsync(lease, worker);
    }

    /// <summary>Lets time pass with a tick every second.</summary>
    public async Task TickAsync(TimeSpan time = default)
    {
        await Master.TickAsync(default);
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Master.TickAsync(default);
        }
    }

    public async Task<JobStatus> StatusAsync(string jobId) => (await Master.StatusAsync(jobId, default))!;

    public static LeaseRef Ref(TaskLease lease) => new(lease.JobId, lease.Task, lease.Token);

    public static AttemptResult Result(TaskLease lease)
    {
        var counters = new CounterSet();
        if (lease.Task.Kind == TaskKind.Map) counters.Add(CounterNames.MapInputRecords, lease.Task.Index + 1);
        var isLast = lease.Task.Step == lease.Spec.Steps.Count - 1;
        var isOutput = lease.Task.Kind == TaskKind.Reduce || lease.Reducers == 0;
        return new AttemptResult
        {
            Counters = counters,
            Files = isOutput ? [new OutputFile(isLast ? $"part-r-{lease.Task.Index:D5}" : OutputNames.Records, 10, 1, 0)] : [],
            Boundaries = lease.Task.Kind == TaskKind.Sample ? [1, 2, 3] : null,
        };
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static InputSplit Split(int index) => new([new FileRange("/in/file", index * 100L, 100, 10_000, 7)]);
}
