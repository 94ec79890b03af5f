using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Stores.Contract;

/// <summary>What every lease store must do. Written against the interface alone; a store gives itself and a way to let time pass.</summary>
public abstract partial class LeaseStoreContract : IAsyncLifetime
{
    protected const string JobId = "job";
    protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private ulong _nonce;

    /// <summary>A store that knows nothing.</summary>
    protected abstract ITaskLeaseStore Store { get; }

    /// <summary>Lets time pass for the store, at once.</summary>
    protected abstract Task AdvanceAsync(TimeSpan time);

    /// <summary>Prepares the store.</summary>
    protected virtual Task BeginAsync() => Task.CompletedTask;

    public async Task InitializeAsync()
    {
        await BeginAsync();
        await Store.ReapAsync(default);
        // Past the grace that follows the first look.
        await TickAsync(TimeSpan.FromSeconds(11));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Lets time pass with a master that ticks.</summary>
    private async Task TickAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(2))
        {
            await AdvanceAsync(left < TimeSpan.FromSeconds(2) ? left : TimeSpan.FromSeconds(2));
            await Store.ReapAsync(default);
        }
    }

    private static JobShape Shape(params StepSize[] steps) => new()
    {
        JobId = JobId,
        Fingerprint = "print",
        Steps = steps,
        Lease = Lease,
        MaxAttempts = 3,
        MaxDeaths = 2,
        Priority = 7,
        SubmittedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(1)),
    };

    private ValueTask<bool> SubmitAsync(params StepSize[] steps) => Store.SubmitAsync(Shape(steps), default);

    private async Task<JobView> ViewAsync() => (await Store.JobAsync(JobId, default))!;

    private async Task<IReadOnlyList<LeaseRef>> ClaimAsync(int max = 1, string worker = "w1", bool avoids = false)
    {
        var view = await ViewAsync();
        var kind = view.Claimable ?? TaskKind.Map;
        var window = new FreshWindow(view.Step, kind, 0, [.. Enumerable.Range(0, view[kind].Total)]);
        var grant = await Store.ClaimAsync(new ClaimRequest(JobId, worker, max, ++_nonce, window, avoids), default);
        return [.. grant.Tasks.Select(task => new LeaseRef(JobId, task.Task, task.Token))];
    }

    /// <summary>Claims a task and acknowledges it.</summary>
    private async Task<LeaseRef> StartAsync(string worker = "w1")
    {
        var lease = Assert.Single(await ClaimAsync(1, worker));
        Assert.Equal(RenewAnswer.Ok, await RenewAsync(lease));
        return lease;
    }

    private async Task<RenewAnswer> RenewAsync(LeaseRef lease) =>
        Assert.Single(await Store.RenewAsync([new RenewRequest(lease, new AttemptSnapshot(0.25, 3, "read", "halfway"))], default));

    private async Task<Completion> CompleteAsync(LeaseRef lease, long records = 1) =>
        Assert.Single(await Store.CompleteAsync([new CompletedAttempt(lease, Result(records))], default));

    private ValueTask<FailAnswer> FailAsync(LeaseRef lease, FailureKind kind = FailureKind.User, bool isFinal = false, params FetchFailure[] fetches) =>
        Store.FailAsync(lease, new AttemptFailure(kind, "it broke", isFinal, fetches), 0.5, default);

    /// <summary>Claims and completes so many tasks.</summary>
    private async Task<IReadOnlyList<LeaseRef>> RunAsync(int count, string worker = "w1")
    {
        var leases = await ClaimAsync(count, worker);
        Assert.Equal(count, leases.Count);
        foreach (var lease in leases) Assert.Equal(CompleteAnswer.Ok, (await CompleteAsync(lease)).Answer);
        return leases;
    }

    private static OutputFile AFile(string name) => new(name, Length: 5, Records: 1, Crc32C: 7);

    private static AttemptResult Result(long records)
    {
        var counters = new CounterSet();
        counters.Add("RECORDS", records);
        return new AttemptResult { Bytes = unchecked(records * 100), Counters = counters };
    }
}
