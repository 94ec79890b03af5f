using MapReduce.Protocol;
using MapReduce.Worker;
using Microsoft.Extensions.Time.Testing;

namespace MapReduce.Tests.Worker;

/// <summary>
/// A worker loop under a clock that the test moves. Nothing runs on other threads: without a synchronization context all that
/// the loop does happens within the call that causes it.
/// </summary>
internal sealed class WorkerFixture : IDisposable
{
    private readonly SynchronizationContext? _before = SynchronizationContext.Current;
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _stop = new();

    public WorkerFixture(int slots = 1, TimeSpan? heartbeatEvery = null)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        Loop = new WorkerLoop(new WorkerRegistration("w1", slots, null), Master, Runner, Time, heartbeatEvery);
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeMaster Master { get; } = new();

    public FakeRunner Runner { get; } = new();

    public WorkerLoop Loop { get; }

    public Task Run { get; private set; } = Task.CompletedTask;

    public static TaskLease Lease(int index = 0, string token = "1.a", string job = "j1", TimeSpan? taskTimeout = null) => new()
    {
        JobId = job,
        Task = new TaskId(0, TaskKind.Map, index),
        Token = token,
        Attempt = 1,
        Duration = TimeSpan.FromSeconds(9),
        Reducers = 1,
        Spec = new JobSpec { Job = "wordcount", Inputs = ["/in"], Output = "/out", Steps = [new StepShape(true, false, false)], TaskTimeout = taskTimeout ?? TimeSpan.FromMinutes(10) },
    };

    /// <summary>How long the worker serves its map outputs after it was drained.</summary>
    public TimeSpan Linger { get; init; }

    /// <summary>Runs attempts that take no time, until the worker counts as fast and waits for its claim.</summary>
    public WorkerFixture Hurry()
    {
        for (var i = 0; i < 4; i++)
        {
            Master.Grant(Lease(i, $"1.f{i}"));
            Runner.Complete($"1.f{i}");
        }
        return this;
    }

    public WorkerFixture Start(params TaskLease[] leases)
    {
        Run = Loop.RunAsync(_drain.Token, _stop.Token, Linger);
        if (leases.Length > 0) Master.Grant(leases);
        return this;
    }

    public void Drain() => _drain.Cancel();

    public void Stop() => _stop.Cancel();

    public void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public void Dispose()
    {
        _stop.Cancel();
        foreach (var attempt in Runner.Running.Values) attempt.TrySetCanceled();
        _drain.Dispose();
        _stop.Dispose();
        SynchronizationContext.SetSynchronizationContext(_before);
    }
}
