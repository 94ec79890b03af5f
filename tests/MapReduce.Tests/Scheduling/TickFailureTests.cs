using System.Reflection;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Storage;

namespace MapReduce.Tests.Scheduling;

/// <summary>A tick that meets a bug: all else goes on, and the bug is told.</summary>
public sealed class TickFailureTests : IDisposable
{
    private readonly CoordinatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Tick_OneJobMeetsABug_EndsTheOthersAndSaysSo()
    {
        await _bench.SubmitAsync(key: "a");
        var other = await _bench.SubmitAsync(CoordinatorBench.Spec("/other"), "b");
        await _bench.RunAllAsync();
        (_bench.Output.CarryOutFails, _bench.Output.FailingOutput) = (new InvalidOperationException("a bug"), "/out");
        var failures = await Assert.ThrowsAsync<AggregateException>(() => _bench.TickAsync());
        Assert.Equal("a bug", Assert.Single(failures.InnerExceptions).Message);
        Assert.Equal(JobState.Succeeded, (await _bench.StatusAsync(other)).State);
    }

    [Fact]
    public async Task Tick_ReapingMeetsABugEachTime_StillEndsTheJobAtItsTimeLimit()
    {
        var master = new JobCoordinator(
            BrokenStore.Over(_bench.Store), _bench.Output, PhysicalFileSystem.Instance, _bench.Folder, _ => _bench.Plan, _bench.Time, new Random(CoordinatorBench.Seed));
        var job = await master.SubmitAsync(CoordinatorBench.Spec() with { JobTimeout = TimeSpan.FromMinutes(1) }, "key", JobOrigin.Unknown, default);
        _bench.Time.Advance(TimeSpan.FromSeconds(61));
        await Assert.ThrowsAsync<AggregateException>(() => master.TickAsync(default));
        Assert.Equal(JobState.Failed, (await master.StatusAsync(job, default))!.State);
    }

    [Fact]
    public async Task Tick_StoreIsAway_SaysJustThat()
    {
        await _bench.SubmitAsync();
        _bench.Store.Pause();
        await Assert.ThrowsAsync<MasterUnavailableException>(() => _bench.TickAsync());
    }

    /// <summary>A lease store that cannot reap, as one with a bug in its script.</summary>
    public class BrokenStore : DispatchProxy
    {
        private ITaskLeaseStore? _inner;

        internal static ITaskLeaseStore Over(ITaskLeaseStore inner)
        {
            var store = Create<ITaskLeaseStore, BrokenStore>();
            ((BrokenStore)(object)store)._inner = inner;
            return store;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(ITaskLeaseStore.ReapAsync) ? throw new InvalidOperationException("a bug") : targetMethod.Invoke(_inner, args);
    }
}
