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
    public async Task Tick_StoreCannotReadAJob_EndsTheOthersAndShowsIt()
    {
        var store = UnreadableJobs.Over(_bench.Store);
        _bench.Master = new JobCoordinator(
            store, _bench.Output, PhysicalFileSystem.Instance, _bench.Folder, _ => _bench.Plan, _bench.Time, new Random(CoordinatorBench.Seed));
        var broken = await _bench.SubmitAsync(key: "a");
        var other = await _bench.SubmitAsync(CoordinatorBench.Spec("/other"), "b");
        ((UnreadableJobs)(object)store).Broken = new BrokenJobException(broken, "nonsense");
        await _bench.RunAllAsync();
        var failures = await Assert.ThrowsAsync<AggregateException>(() => _bench.TickAsync());
        Assert.Equal("nonsense", Assert.Single(failures.InnerExceptions).Message);
        Assert.Equal(JobState.Succeeded, (await _bench.StatusAsync(other)).State);
        Assert.Equal("nonsense", (await _bench.StatusAsync(broken)).Error);
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

    /// <summary>A lease store that cannot read one of its jobs.</summary>
    public class UnreadableJobs : DispatchProxy
    {
        private ITaskLeaseStore? _inner;

        internal BrokenJobException? Broken { get; set; }

        internal static ITaskLeaseStore Over(ITaskLeaseStore inner)
        {
            var store = Create<ITaskLeaseStore, UnreadableJobs>();
            ((UnreadableJobs)(object)store)._inner = inner;
            return store;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (Broken is not null && targetMethod!.Name == nameof(ITaskLeaseStore.JobAsync) && (string)args![0]! == Broken.JobId) throw Broken;
            return Broken is not null && targetMethod!.Name == nameof(ITaskLeaseStore.ActiveAsync) ? new ValueTask<ClusterView>(WithoutAsync(Broken)) : targetMethod!.Invoke(_inner, args);
        }

        private async Task<ClusterView> WithoutAsync(BrokenJobException broken)
        {
            var cluster = await _inner!.ActiveAsync(default);
            return cluster with { Jobs = [.. cluster.Jobs.Where(job => job.Shape.JobId != broken.JobId)], Broken = [broken] };
        }
    }
}
