using MapReduce.Counters;
using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>
/// The map outputs that a worker holds, and what was reported of them: to be announced should the master lose its memory. And the
/// attempts whose files it keeps because nobody can tell yet whether they are wanted.
/// Counters are kept as numbers beside one list of names for each job: a worker may hold a hundred thousand. Safe for concurrent use.
/// </summary>
internal sealed class HeldOutputs
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Job> _jobs = new(StringComparer.Ordinal);

    public bool IsEmpty
    {
        get { lock (_lock) return _jobs.Count == 0; }
    }

    public void Add(TaskLease lease, AttemptResult result)
    {
        if (lease.Task.Kind != TaskKind.Map || lease.Reducers == 0) return;
        lock (_lock)
        {
            var job = Of(lease);
            job.Outputs.Add(new Output(lease.Task, lease.Token, result.Bytes, result.SpanId, result.Files, job.Pack(result.Counters)));
        }
    }

    /// <summary>Keeps an attempt's files until its job has ended.</summary>
    public void Keep(TaskLease lease)
    {
        lock (_lock) Of(lease).Unsettled.Add(lease);
    }

    /// <summary>The attempts of a job whose files were kept.</summary>
    public IReadOnlyList<TaskLease> Unsettled(string jobId)
    {
        lock (_lock) return _jobs.TryGetValue(jobId, out var job) ? [.. job.Unsettled] : [];
    }

    public void Forget(string jobId)
    {
        lock (_lock) _jobs.Remove(jobId);
    }

    public IReadOnlyList<Announcement> All()
    {
        lock (_lock)
        {
            var all = new List<Announcement>();
            foreach (var (jobId, job) in _jobs)
                foreach (var output in job.Outputs) all.Add(job.Announce(jobId, output));
            return all;
        }
    }

    private Job Of(TaskLease lease)
    {
        if (!_jobs.TryGetValue(lease.JobId, out var job)) _jobs.Add(lease.JobId, job = new Job(lease.Fingerprint));
        return job;
    }

    private sealed record Output(TaskId Task, string Token, long Bytes, ulong SpanId, IReadOnlyList<OutputFile> Files, long[] Counters);

    private sealed class Job(string fingerprint)
    {
        private readonly List<string> _names = [];

        public List<Output> Outputs { get; } = [];

        public List<TaskLease> Unsettled { get; } = [];

        public long[] Pack(CounterSet counters)
        {
            foreach (var (name, _) in counters)
                if (!_names.Contains(name)) _names.Add(name);
            return [.. _names.Select(name => counters[name])];
        }

        public Announcement Announce(string jobId, Output output)
        {
            var counters = new CounterSet();
            for (var i = 0; i < output.Counters.Length; i++) counters.Add(_names[i], output.Counters[i]);
            var result = new AttemptResult { Bytes = output.Bytes, SpanId = output.SpanId, Files = output.Files, Counters = counters };
            return new Announcement(new LeaseRef(jobId, output.Task, output.Token), fingerprint, result);
        }
    }
}
