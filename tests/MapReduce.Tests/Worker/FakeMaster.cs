using MapReduce.Protocol;

namespace MapReduce.Tests.Worker;

/// <summary>A master that answers as the test says and writes down what it was told.</summary>
internal sealed class FakeMaster : IMasterClient
{
    private TaskCompletionSource<IReadOnlyList<TaskLease>>? _claim;

    public List<string> Calls { get; } = [];

    public int ClaimedMax { get; private set; }

    public bool IsAway { get; set; }

    public RegisterAnswer Registered { get; set; } = new(IsDraining: false, "epoch");

    /// <summary>What exchanges grant, one answer after the other; nothing when there is none.</summary>
    public Queue<TaskLease[]> Exchanges { get; } = [];

    /// <summary>The most tasks that each exchange asked for.</summary>
    public List<int> ExchangedMax { get; } = [];

    public List<Announcement> Announced { get; } = [];

    public Func<LeaseRef, RenewAnswer> OnRenew { get; set; } = _ => RenewAnswer.Ok;

    public Func<CompleteAnswer> OnComplete { get; set; } = () => CompleteAnswer.Ok;

    public List<string> Ended { get; } = [];

    public List<AttemptFailure> Failures { get; } = [];

    public bool IsClaiming => _claim is not null;

    public int CountOf(string call) => Calls.Count(each => each.StartsWith(call, StringComparison.Ordinal));

    /// <summary>Answers the claim that waits.</summary>
    public void Grant(params TaskLease[] leases)
    {
        var claim = _claim ?? throw new InvalidOperationException("The worker claims nothing.");
        _claim = null;
        claim.SetResult(leases);
    }

    public ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, CancellationToken cancellationToken)
    {
        Note("register");
        return new(Registered);
    }

    public ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken)
    {
        Note("deregister");
        return default;
    }

    public ValueTask<IReadOnlyList<TaskLease>> ClaimAsync(string workerId, int max, TimeSpan wait, CancellationToken cancellationToken)
    {
        Note("claim");
        ClaimedMax = max;
        var claim = _claim = new TaskCompletionSource<IReadOnlyList<TaskLease>>();
        cancellationToken.Register(() => claim.TrySetCanceled(cancellationToken));
        return new(claim.Task);
    }

    public ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(string workerId, IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken)
    {
        Note("renew " + string.Join(',', renewals.Select(renewal => renewal.Lease.Token)));
        return new([.. renewals.Select(renewal => OnRenew(renewal.Lease))]);
    }

    public ValueTask<ExchangeAnswer> ExchangeAsync(string workerId, IReadOnlyList<CompletedAttempt> completed, int max, CancellationToken cancellationToken)
    {
        Note("complete " + string.Join(',', completed.Select(each => each.Lease.Token)));
        ExchangedMax.Add(max);
        return new(new ExchangeAnswer([.. completed.Select(_ => OnComplete())], Exchanges.TryDequeue(out var leases) ? leases : []));
    }

    public ValueTask<IReadOnlyList<bool>> AnnounceAsync(string workerId, IReadOnlyList<Announcement> outputs, CancellationToken cancellationToken)
    {
        Note("announce " + string.Join(',', outputs.Select(output => output.Output.Token)));
        Announced.AddRange(outputs);
        return new([.. outputs.Select(_ => true)]);
    }

    public ValueTask FailAsync(string workerId, LeaseRef lease, AttemptFailure failure, CancellationToken cancellationToken)
    {
        Note("fail " + lease.Token);
        Failures.Add(failure);
        return default;
    }

    public ValueTask ReleaseAsync(string workerId, LeaseRef lease, CancellationToken cancellationToken)
    {
        Note("release " + lease.Token);
        return default;
    }

    public ValueTask<IReadOnlyList<string>> EndedJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken)
    {
        Note("ended? " + string.Join(',', jobIds));
        return new([.. jobIds.Intersect(Ended)]);
    }

    private void Note(string call)
    {
        Calls.Add(call);
        if (IsAway) throw new MasterUnavailableException("away");
    }
}
