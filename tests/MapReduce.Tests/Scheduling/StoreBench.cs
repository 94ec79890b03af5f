using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace MapReduce.Tests.Scheduling;

/// <summary>A store with one job and a clock that the test moves.</summary>
internal sealed class StoreBench
{
    public const string JobId = "job";
    private ulong _nonce;

    public StoreBench(params StepSize[] steps)
    {
        Store = new InMemoryTaskLeaseStore(Time);
        Shape = new JobShape
        {
            JobId = JobId,
            Fingerprint = "f1",
            Steps = steps,
            Lease = TimeSpan.FromSeconds(10),
            MaxAttempts = 4,
            MaxDeaths = 4,
            Priority = 10,
            SubmittedAt = Time.GetUtcNow(),
        };
        Now(Store.SubmitAsync(Shape, default));
        Now(Store.ReapAsync(default));
        // Past the grace that follows the first look.
        Tick(TimeSpan.FromSeconds(11));
    }

    public FakeTimeProvider Time { get; } = new();
    public InMemoryTaskLeaseStore Store { get; }
    public JobShape Shape { get; }
    public JobView View => Now(Store.JobAsync(JobId, default))!;
    public IReadOnlyDictionary<string, long> Counters => Now(Store.CountersAsync(JobId, default));

    /// <summary>Claims, with the tasks in the order of their indices.</summary>
    public IReadOnlyList<GrantedTask> Claim(string worker = "w1", int max = 1, bool avoids = false)
    {
        var view = View;
        var kind = view.Claimable ?? TaskKind.Map;
        var window = new FreshWindow(view.Step, kind, 0, [.. Enumerable.Range(0, view[kind].Total)]);
        return Now(Store.ClaimAsync(new ClaimRequest(JobId, worker, max, ++_nonce, window, avoids), default)).Tasks;
    }

    public LeaseRef ClaimOne(string worker = "w1", bool avoids = false) => Ref(Assert.Single(Claim(worker, 1, avoids)));

    /// <summary>Claims and acknowledges.</summary>
    public LeaseRef Start(string worker = "w1")
    {
        var lease = ClaimOne(worker);
        Assert.Equal(RenewAnswer.Ok, Renew(lease));
        return lease;
    }

    /// <summary>Claims and completes this many tasks.</summary>
    public IReadOnlyList<LeaseRef> Run(int count, string worker = "w1", long records = 1, params OutputFile[] files)
    {
        var leases = Claim(worker, count).Select(Ref).ToList();
        Assert.Equal(count, leases.Count);
        foreach (var lease in leases) Assert.Equal(CompleteAnswer.Ok, Complete(lease, records, files));
        return leases;
    }

    public RenewAnswer Renew(LeaseRef lease, double fraction = 0) =>
        Assert.Single(Now(Store.RenewAsync([new RenewRequest(lease, new AttemptSnapshot(fraction, 0, "read"))], default)));

    public CompleteAnswer Complete(LeaseRef lease, long records = 1, params OutputFile[] files) => CompleteFully(lease, records, files).Answer;

    public Completion CompleteFully(LeaseRef lease, long records = 1, params OutputFile[] files) =>
        Now(Store.CompleteAsync([new CompletedAttempt(lease, Result(records) with { Files = files })], default))[0];

    public FailAnswer Fail(LeaseRef lease, FailureKind kind = FailureKind.User, bool isFinal = false, params FetchFailure[] fetches) =>
        Now(Store.FailAsync(lease, new AttemptFailure(kind, "it broke", isFinal, fetches), 0.5, default));

    public bool Release(LeaseRef lease) => Now(Store.ReleaseAsync(lease, default));

    public bool Invalidate(LeaseRef winner) => Now(Store.InvalidateAsync(winner, default));

    public ReapAnswer Reap() => Now(Store.ReapAsync(default));

    /// <summary>Lets time pass with a master that ticks every second.</summary>
    public void Tick(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            Time.Advance(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
            Reap();
        }
    }

    public static AttemptResult Result(long records)
    {
        var counters = new CounterSet();
        counters.Add(CounterNames.MapInputRecords, records);
        return new AttemptResult { Counters = counters };
    }

    public static LeaseRef Ref(GrantedTask task) => new(JobId, task.Task, task.Token);

    /// <summary>The answer of a call that must not wait.</summary>
    public static T Now<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompleted);
        return call.GetAwaiter().GetResult();
    }

    public static void Now(ValueTask call)
    {
        Assert.True(call.IsCompleted);
        call.GetAwaiter().GetResult();
    }
}
