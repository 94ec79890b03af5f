using System.Collections.Immutable;
using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace MapReduce.Tests.Scheduling;

internal enum StoreCall
{
    Claim, Renew, Complete, Fail, FailFetch, Release, Advance, Reap, Silence, Invalidate, InvalidateWorker, Speculate, Announce, Snapshot, Restore, Cancel,
}

/// <summary>A call and two numbers, from which its arguments are picked.</summary>
internal sealed record StoreOperation(StoreCall Call, int Pick, int More);

/// <summary>Makes each call to the store and to the model, and compares.</summary>
internal sealed class StoreAndModel
{
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryTaskLeaseStore _store;

    // All attempts there ever were, also those that a restored store has forgotten.
    private readonly List<LeaseRef> _known = [];
    private (StoreSnapshot Store, StoreModel Model) _snapshot;
    private StoreModel _model;
    private ulong _nonce;

    public StoreAndModel(StepSize[] steps)
    {
        var shape = new JobShape
        {
            JobId = "job",
            Fingerprint = "f",
            Steps = steps,
            Lease = TimeSpan.FromSeconds(5),
            MaxAttempts = 3,
            MaxDeaths = 2,
            Priority = 10,
            SubmittedAt = default,
        };
        _store = new InMemoryTaskLeaseStore(_time);
        _model = new StoreModel(shape);
        StoreBench.Now(_store.SubmitAsync(shape, default));
        _snapshot = (_store.Snapshot(), _model);
    }

    public void Apply(StoreOperation operation)
    {
        var (call, pick, more) = operation;
        var worker = $"w{more % 3}";
        if (call == StoreCall.Claim) Claim(worker, 1 + pick % 3);
        else if (call == StoreCall.Advance) Advance(TimeSpan.FromMilliseconds(pick * 4));
        else if (call == StoreCall.Reap) Reap();
        else if (call == StoreCall.Silence) LetLeasesRunOut();
        else if (call == StoreCall.InvalidateWorker) Same(StoreBench.Now(_store.InvalidateWorkerAsync("job", worker, 500, default)), _model.InvalidateWorker(worker));
        else if (call == StoreCall.Snapshot) _snapshot = (_store.Snapshot(), _model);
        else if (call == StoreCall.Restore) Restore();
        else if (call == StoreCall.Cancel) Cancel(pick);
        else if (_known.Count > 0) ApplyTo(Known(pick), call, worker, more);
    }

    public void CheckViews()
    {
        var view = StoreBench.Now(_store.JobAsync("job", default))!;
        Assert.Equal(_model.Step, view.Step);
        Assert.Equal(_model.Count(ModelState.Running), view.Running);
        foreach (var kind in Enum.GetValues<TaskKind>()) Assert.Equal(_model.Won(_model.Step, kind), view[kind].Done);
        foreach (var kind in Enum.GetValues<TaskKind>()) Assert.Equal(_model.Waiting(_model.Step, kind), view[kind].Waiting);
        Assert.Equal(_model.IsDead, view.Dead is not null);
        Assert.Equal(_model.Counted, StoreBench.Now(_store.CountersAsync("job", default)).GetValueOrDefault("worth"));
        Assert.Equal(_model.Count(ModelState.Failed), view.Attempts.Failed);
    }

    private void ApplyTo(LeaseRef lease, StoreCall call, string worker, int more)
    {
        if (call == StoreCall.Renew) Same(Assert.Single(StoreBench.Now(_store.RenewAsync([new RenewRequest(lease, default)], default))), _model.Renew(lease));
        else if (call == StoreCall.Complete) Same(StoreBench.Now(_store.CompleteAsync([new CompletedAttempt(lease, Result(lease))], default))[0].Answer, _model.Complete(lease));
        else if (call == StoreCall.Fail) Fail(lease, (FailureKind)(more % 2), isFinal: more % 50 == 0, more / 1001.0, null);
        else if (call == StoreCall.FailFetch) FailFetch(lease, more);
        else if (call == StoreCall.Release) Same(StoreBench.Now(_store.ReleaseAsync(lease, default)), _model.Release(lease));
        else if (call == StoreCall.Invalidate) Same(StoreBench.Now(_store.InvalidateAsync(lease, default)), _model.Invalidate(lease));
        else if (call == StoreCall.Speculate) Same(StoreBench.Now(_store.SpeculateAsync("job", lease.Task, default)), _model.Speculate(lease.Task));
        else Same(StoreBench.Now(_store.AnnounceAsync(worker, lease, "f", Result(lease), default)), _model.Announce(lease, worker));
    }

    private void Claim(string worker, int max)
    {
        var view = StoreBench.Now(_store.JobAsync("job", default))!;
        var kind = view.Claimable ?? TaskKind.Map;
        var window = new FreshWindow(view.Step, kind, 0, [.. Enumerable.Range(0, view[kind].Total)]);
        var granted = StoreBench.Now(_store.ClaimAsync(new ClaimRequest("job", worker, max, ++_nonce, window, false), default)).Tasks;
        Assert.Equal(_model.Claimable(worker, max), granted.Select(task => task.Task));
        foreach (var task in granted)
        {
            var lease = new LeaseRef("job", task.Task, task.Token);
            Assert.Equal(_model.RunsOf(task.Task).Any(), task.IsBackup);
            _model = _model.Grant(lease, worker);
            _known.Add(lease);
        }
    }

    private void FailFetch(LeaseRef lease, int more)
    {
        var maps = _known.Where(known => known.Task.Kind == TaskKind.Map && known.Task.Step == lease.Task.Step).ToList();
        if (lease.Task.Kind != TaskKind.Reduce || maps.Count == 0) return;
        var map = maps[more % maps.Count];
        Fail(lease, FailureKind.Fetch, false, more / 1001.0, new FetchFailure(map.Task.Index, map.Token, more % 7 == 0 ? FetchFault.Corrupt : FetchFault.Gone));
    }

    private void Fail(LeaseRef lease, FailureKind kind, bool isFinal, double jitter, FetchFailure? fetch)
    {
        var failure = new AttemptFailure(kind, "it broke", isFinal, fetch is null ? null : [fetch]);
        Same(StoreBench.Now(_store.FailAsync(lease, failure, jitter, default)), _model.Fail(lease, kind, isFinal, jitter, fetch));
    }

    private void Advance(TimeSpan time)
    {
        _time.Advance(time);
        _model = _model with { Now = _model.Now + time };
    }

    private void Reap()
    {
        StoreBench.Now(_store.ReapAsync(default));
        _model = _model.Reap();
    }

    // Ticks close enough for the guard, so that no grace saves the silent.
    private void LetLeasesRunOut()
    {
        for (var i = 0; i < 8; i++)
        {
            Advance(TimeSpan.FromSeconds(1.5));
            Reap();
        }
    }

    // Young attempts most of the time, old ones now and then.
    private LeaseRef Known(int pick) => _known[^(1 + pick / 4 % (pick % 4 == 0 ? _known.Count : Math.Min(3, _known.Count)))];

    private void Restore()
    {
        _store.Restore(_snapshot.Store);
        _model = _snapshot.Model with { Now = _model.Now, LastTick = null, GraceUntil = default };
    }

    // Seldom, for a cancelled job is of no more interest; a snapshot may bring it back.
    private void Cancel(int pick)
    {
        if (pick > 100) return;
        StoreBench.Now(_store.CancelAsync("job", default));
        _model = _model with { IsCancelled = true };
    }

    private void Same<T>(T answer, (T Answer, StoreModel Model) expected)
    {
        Assert.Equal(expected.Answer, answer);
        _model = expected.Model;
    }

    private static AttemptResult Result(LeaseRef lease)
    {
        var counters = new CounterSet();
        counters.Add("worth", StoreModel.Worth(lease));
        return new AttemptResult { Counters = counters };
    }
}
