using System.Diagnostics.CodeAnalysis;
using MapReduce.Input;
using MapReduce.Memory;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Shuffle;
using MapReduce.Worker;

namespace MapReduce.Testing;

/// <summary>
/// The engine on the caller's thread under a clock of its own: the coordinator, the lease store in memory, attempts and commit are
/// those of every run; only the workers' loops are stood in for, one attempt after the other, so that a seed repeats a run exactly.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The runner has nothing to dispose of but the memory, which is the caller's.")]
internal sealed class SteppedCluster
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly SteppedTime _time = new();
    private readonly AttemptRunner _runner;
    private readonly JobCoordinator _coordinator;
    private readonly Faults _faults;
    private readonly List<string> _workers = [];
    private readonly List<(string Worker, string MapOutput)> _held = [];
    private readonly MemoryFiles _files;
    private readonly string _work;
    private readonly List<(TaskLease Lease, AttemptResult Result)> _late = [];
    private readonly Dictionary<TaskId, string> _winners = [];
    private int _born;

    /// <param name="plan">The job.</param>
    /// <param name="files">Where it keeps what it needs while it runs, and its output.</param>
    /// <param name="folder">A folder there.</param>
    /// <param name="memory">For its attempts.</param>
    /// <param name="random">Tokens and jitter.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="watch">Sees what attempts write.</param>
    public SteppedCluster(JobPlan plan, MemoryFiles files, string folder, MemoryPool memory, Random random, Faults faults, RecordWatch watch)
    {
        _files = files;
        var data = Path.Combine(folder, "data");
        _work = Path.Combine(folder, "work");
        files.CreateDirectory(_work);
        var output = new FileOutputStore(files, data, OutputDurability.Process);
        _runner = new AttemptRunner(
            files, output, new LocalMapOutputSource(files, _work), _work, _ => plan, isOnlyHost: true, runsInline: true, memory, leastRoom: (int)SpecProblems.LeastMemory, watch.Begin);
        _coordinator = new JobCoordinator(new InMemoryTaskLeaseStore(_time), output, files, data, new InputPlanner(files).Plan, _time, random, isDurable: false);
        _faults = faults;
        for (var i = 0; i < 3; i++) _workers.Add($"worker-{++_born}");
    }

    /// <summary>The tokens of the attempts that won.</summary>
    public IReadOnlyDictionary<TaskId, string> Winners => _winners;

    /// <summary>Runs the job to its end.</summary>
    public JobStatus Run(JobSpec spec)
    {
        var jobId = Now(_coordinator.SubmitAsync(spec, "test", JobOrigin.Unknown, default));
        while (true)
        {
            Tick();
            var status = Now(_coordinator.StatusAsync(jobId, default))!;
            if (status.EndedAt is not null) return status;
            var worker = _faults.Choose(_workers);
            var leases = Now(_coordinator.ClaimAsync(worker, 1, TimeSpan.Zero, default));
            foreach (var lease in leases) Attempt(worker, lease);
            if (_late.Count > 0 && (leases.Count == 0 || _faults.ComesNow())) ReportLate(worker);
            else if (leases.Count == 0) Pass(Step);
        }
    }

    private void Attempt(string worker, TaskLease lease)
    {
        var fault = _faults.Next(lease.Task);
        Now(_coordinator.RenewAsync(worker, [new RenewRequest(Ref(lease), default)], default));
        if (fault == Fault.FailsAtOnce)
        {
            Fail(worker, lease, new AttemptFailure(FailureKind.User, "This attempt was made to fail before it began."));
            return;
        }

        AttemptResult result;
        try
        {
            result = Now(new ValueTask<AttemptResult>(_runner.RunAsync(lease, new AttemptProgress(), CancellationToken.None)));
        }
        catch (AttemptFailedException failed)
        {
            Fail(worker, lease, failed.Failure);
            return;
        }

        switch (fault)
        {
            case Fault.FailsAtItsEnd:
                _runner.Discard(lease);
                Fail(worker, lease, new AttemptFailure(FailureKind.User, "This attempt was made to fail after its work."));
                break;
            case Fault.IsLate:
                _late.Add((lease, result));
                Pass(lease.Duration + Step);
                break;
            case Fault.IsReportedTwice:
                Complete(worker, lease, result);
                Complete(worker, lease, result);
                break;
            case Fault.TakesItsWorker:
                Complete(worker, lease, result);
                Lose(worker);
                break;
            case Fault.IsLost:
                Lose(worker);
                break;
            default:
                Complete(worker, lease, result);
                break;
        }
    }

    private void Complete(string worker, TaskLease lease, AttemptResult result)
    {
        var answer = Now(_coordinator.ExchangeAsync(worker, [new CompletedAttempt(Ref(lease), result)], 0, default)).Answers[0];
        if (answer == CompleteAnswer.Stale)
        {
            _runner.Discard(lease);
            return;
        }

        _winners[lease.Task] = lease.Token;
        if (lease is { Task.Kind: TaskKind.Map, Reducers: > 0 }) _held.Add((worker, WorkDirectory.MapOutput(_work, lease.JobId, lease.Task, lease.Token)));
    }

    private void ReportLate(string worker)
    {
        var (lease, result) = _late[0];
        _late.RemoveAt(0);
        Complete(worker, lease, result);
    }

    private void Fail(string worker, TaskLease lease, AttemptFailure failure) => Now(_coordinator.FailAsync(worker, Ref(lease), failure, default));

    // Its disk is gone; what it held is made again once its registration lapses.
    private void Lose(string worker)
    {
        foreach (var (_, mapOutput) in _held.Where(held => held.Worker == worker)) _files.Delete(mapOutput);
        _held.RemoveAll(held => held.Worker == worker);
        _workers[_workers.IndexOf(worker)] = $"worker-{++_born}";
        Pass(TimeSpan.FromSeconds(45));
    }

    // In steps: a coordinator that was away for long gives everybody another chance.
    private void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            _time.Advance(Step);
            Tick();
        }
    }

    private void Tick()
    {
        foreach (var worker in _workers) Now(_coordinator.RegisterAsync(new WorkerRegistration(worker, 1), default));
        Now(new ValueTask(_coordinator.TickAsync(default)));
    }

    private static LeaseRef Ref(TaskLease lease) => new(lease.JobId, lease.Task, lease.Token);

    private static void Now(ValueTask call) => call.AsTask().GetAwaiter().GetResult();

    private static T Now<T>(ValueTask<T> call) => call.AsTask().GetAwaiter().GetResult();
}
