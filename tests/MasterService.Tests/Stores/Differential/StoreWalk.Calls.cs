using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Stores.Differential;

internal sealed partial class StoreWalk
{
    private async Task SubmitAsync(string? again)
    {
        // Jobs that come at one moment have no order.
        await _stores.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        var id = again ?? $"job{_submitted++}";
        var shape = new JobShape
        {
            JobId = id,
            Fingerprint = again is not null && _random.Next(2) == 0 ? "other" : "print",
            Steps = Pick(Sizes),
            Lease = TimeSpan.FromSeconds(_random.Next(2, 7)),
            MaxAttempts = 4,
            MaxDeaths = 4,
            Priority = _random.Next(1, 100),
            SubmittedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
        };
        await _stores.SameAsync($"submit {id}", store => store.SubmitAsync(shape, default));
        if (again is null) _jobs.Add(id);
    }

    private Task ResubmitAsync() => SubmitAsync(Pick(_jobs));

    private async Task ClaimAsync()
    {
        var (job, worker, max, avoids) = (Job(), Worker(), _random.Next(1, 8), _random.Next(2) == 0);
        if (await _stores.SameAsync($"view {job}", store => store.JobAsync(job, default)) is not { } view) return;
        var kind = view.Claimable ?? TaskKind.Map;
        // Highest index first, as a planner might order them; now and then a window that is late, early or short.
        var total = view[kind].Total;
        var start = _random.Next(5) == 0 ? _random.Next(total + 1) : view[kind].Cursor;
        var tasks = Enumerable.Range(start, Math.Max(0, total - start)).Select(i => total - 1 - i).Take(_random.Next(1, 12)).ToArray();
        var request = new ClaimRequest(job, worker, max, (ulong)_random.NextInt64(), new FreshWindow(view.Step, kind, start, tasks), avoids);
        var grant = await _stores.SameAsync($"claim {job} {worker} {max} from {start}", store => store.ClaimAsync(request, default));
        _attempts.AddRange(grant.Tasks.Select(task => new LeaseRef(job, task.Task, task.Token)));
    }

    private async Task RenewAsync()
    {
        var renewals = Enumerable.Range(0, _random.Next(1, 6))
            .Select(_ => new RenewRequest(Attempt(), new AttemptSnapshot(_random.NextDouble(), _random.NextInt64(), "sort"))).ToArray();
        await _stores.SameAsync($"renew {string.Join(' ', renewals.Select(each => each.Lease))}", store => store.RenewAsync(renewals, default));
    }

    private async Task CompleteAsync()
    {
        var completed = Enumerable.Range(0, _random.Next(1, 8)).Select(_ => Attempt()).Select(lease => new CompletedAttempt(lease, Result(lease))).ToArray();
        await _stores.SameAsync($"complete {string.Join(' ', completed.Select(each => each.Lease))}", store => store.CompleteAsync(completed, default));
    }

    private Task FailAsync() =>
        FailAsync(Attempt(), new AttemptFailure((FailureKind)_random.Next(2), $"it broke {_random.Next(100)}: ü", _random.Next(80) == 0));

    private async Task FailFetchAsync()
    {
        var lease = Attempt();
        var maps = _attempts.Where(other => other.JobId == lease.JobId && other.Task.Kind == TaskKind.Map && other.Task.Step == lease.Task.Step).ToList();
        if (lease.Task.Kind != TaskKind.Reduce || maps.Count == 0) return;
        var fetches = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(maps)).Select(map => new FetchFailure(map.Task.Index, map.Token, _random.Next(9) == 0 ? FetchFault.Corrupt : FetchFault.Gone));
        await FailAsync(lease, new AttemptFailure(FailureKind.Fetch, "cannot fetch", false, [.. fetches]));
    }

    // Sixteenths, so that a back-off is a whole number of microseconds.
    private async Task FailAsync(LeaseRef lease, AttemptFailure failure)
    {
        var jitter = _random.Next(8) / 8.0;
        await _stores.SameAsync($"fail {lease} {failure.Kind}", store => store.FailAsync(lease, failure, jitter, default));
    }

    private async Task ReleaseAsync()
    {
        var lease = Attempt();
        await _stores.SameAsync($"release {lease}", store => store.ReleaseAsync(lease, default));
    }

    private Task AdvanceAsync() => _stores.AdvanceAsync(TimeSpan.FromMilliseconds(_random.Next(_random.Next(10) == 0 ? 8000 : 900)));

    private Task<ReapAnswer> ReapAsync() => _stores.SameAsync("reap", store => store.ReapAsync(default));

    private async Task TickAsync(TimeSpan time)
    {
        await _stores.AdvanceAsync(time);
        await ReapAsync();
    }

    // Ticks close enough for the guard, so that no grace saves the silent.
    private async Task SilenceAsync()
    {
        for (var i = 0; i < 12; i++) await TickAsync(TimeSpan.FromMilliseconds(650));
    }

    private async Task InvalidateAsync()
    {
        var lease = Attempt();
        await _stores.SameAsync($"invalidate {lease}", store => store.InvalidateAsync(lease, default));
    }

    private async Task InvalidateWorkerAsync()
    {
        var (job, worker) = (Job(), Worker());
        await _stores.SameAsync($"invalidate {job} of {worker}", store => store.InvalidateWorkerAsync(job, worker, 500, default));
    }

    private async Task SpeculateAsync()
    {
        var lease = Attempt();
        await _stores.SameAsync($"speculate {lease}", store => store.SpeculateAsync(lease.JobId, lease.Task, default));
    }

    private async Task AnnounceAsync()
    {
        var (lease, worker) = (_random.Next(3) == 0 ? Invented() : Attempt(), Worker());
        var result = Result(lease);
        var fingerprint = _random.Next(10) == 0 ? "other" : "print";
        await _stores.SameAsync($"announce {lease} {worker}", store => store.AnnounceAsync(worker, lease, fingerprint, result, default));
    }

    private async Task CancelAsync()
    {
        var job = Job();
        if (_random.Next(4) == 0) await _stores.SameAsync($"cancel {job}", store => store.CancelAsync(job, default));
    }

    private async Task FinishAsync()
    {
        var (job, error) = (Job(), Pick([null, "it failed: ü"]));
        await _stores.SameAsync($"finish {job}", store => store.FinishAsync(job, JobState.Failed, error, default));
        await SubmitAsync(null);
    }

    private async Task RegisterAsync()
    {
        var (worker, nonce) = (new WorkerRegistration(Worker(), _random.Next(9), Pick([null, "http://host:1"]), Pick([null, "/work"])), (ulong)_random.NextInt64());
        await _stores.SameAsync($"register {worker.Id}", store => store.RegisterAsync(worker, nonce, default));
    }

    private async Task ChangeWorkerAsync()
    {
        var worker = Worker();
        var isDraining = _random.Next(2) == 0;
        var call = _random.Next(4);
        if (call < 2) await _stores.SameAsync($"drain {worker} {isDraining}", store => store.DrainAsync(worker, isDraining, default));
        else if (call == 2) await _stores.SameAsync($"deregister {worker}", store => store.DeregisterAsync(worker, default));
        else await _stores.SameAsync($"forget {worker}", store => store.ForgetWorkerAsync(worker, default));
    }
}
