using MapReduce.Protocol;

namespace MapReduce.Scheduling.Memory;

/// <summary>All that the store knows: what a snapshot copies and a wipe forgets.</summary>
internal sealed class StoreState
{
    private static readonly TimeSpan RegistrationLasts = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndedJobsLast = TimeSpan.FromHours(1);

    private readonly Dictionary<string, JobRecord> _jobs = [];
    private readonly Dictionary<string, WorkerRecord> _workers = [];

    // In submit order, without the ended jobs: what claims and ticks look at.
    private readonly List<JobRecord> _active = [];
    private string? _epoch;

    public IReadOnlyList<JobRecord> Active => _active;

    public JobRecord? Find(string jobId) => _jobs.GetValueOrDefault(jobId);

    public bool Submit(JobShape shape, long now, TimeProvider time)
    {
        if (_jobs.TryGetValue(shape.JobId, out var known)) return known.Shape.Fingerprint == shape.Fingerprint;
        var job = new JobRecord(shape, now, time);
        _jobs.Add(shape.JobId, job);
        _active.Add(job);
        return true;
    }

    public void Finish(string jobId, JobEnd end)
    {
        if (!_jobs.TryGetValue(jobId, out var job)) return;
        job.Finish(end);
        _active.Remove(job);
    }

    /// <summary>Forgets jobs that ended an hour ago: their outcome files tell the rest.</summary>
    public void ForgetEnded(long now)
    {
        if (_jobs.Count == _active.Count) return;
        foreach (var (id, job) in _jobs)
            if (job.End is { } end && now - end.At >= EndedJobsLast.Ticks) _jobs.Remove(id);
    }

    public RegisterAnswer Register(WorkerRegistration worker, ulong nonce, long now)
    {
        var isDraining = _workers.TryGetValue(worker.Id, out var known) && known.IsDraining;
        _workers[worker.Id] = new WorkerRecord(worker, now + RegistrationLasts.Ticks, isDraining);
        return new RegisterAnswer(isDraining, _epoch ??= $"{nonce:x16}");
    }

    /// <summary>Lets the next registration begin an epoch, so that workers announce what this state may not know of.</summary>
    public void ForgetEpoch() => _epoch = null;

    public bool Drain(string workerId, bool isDraining, long now)
    {
        if (!_workers.TryGetValue(workerId, out var worker) || worker.ExpiresAt <= now) return false;
        _workers[workerId] = worker with { IsDraining = isDraining };
        return true;
    }

    public void Deregister(string workerId)
    {
        if (_workers.TryGetValue(workerId, out var worker)) _workers[workerId] = worker with { ExpiresAt = long.MinValue };
    }

    public void ForgetWorker(string workerId, long now)
    {
        if (_workers.TryGetValue(workerId, out var worker) && worker.ExpiresAt <= now) _workers.Remove(workerId);
    }

    public int LiveWorkers(long now) => _workers.Values.Count(worker => worker.ExpiresAt > now);

    public IReadOnlyList<WorkerView> Workers(long now) =>
        [.. _workers.Values.Select(worker => new WorkerView(worker.Registration, worker.ExpiresAt > now, worker.IsDraining, worker.Age(now)))];

    /// <summary>Workers to give up: those that left, and those that fell silent unless a grace protects them.</summary>
    public IReadOnlyList<string> LostWorkers(long now, bool isGrace) =>
        [.. _workers.Values.Where(worker => worker.HasLeft || (worker.ExpiresAt <= now && !isGrace)).Select(worker => worker.Registration.Id)];

    public StoreState Clone()
    {
        var copy = new StoreState { _epoch = _epoch };
        foreach (var (id, job) in _jobs) copy._jobs.Add(id, job.Clone());
        foreach (var job in _active) copy._active.Add(copy._jobs[job.Shape.JobId]);
        foreach (var (id, worker) in _workers) copy._workers.Add(id, worker);
        return copy;
    }

    private sealed record WorkerRecord(WorkerRegistration Registration, long ExpiresAt, bool IsDraining)
    {
        public TimeSpan Age(long now) => HasLeft ? TimeSpan.Zero : TimeSpan.FromTicks(now - ExpiresAt) + RegistrationLasts;

        public bool HasLeft => ExpiresAt == long.MinValue;
    }
}
