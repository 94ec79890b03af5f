using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling.Coordination;
using MapReduce.Scheduling.Journal;

namespace MapReduce.Scheduling;

public sealed partial class JobCoordinator
{
    private const int TasksAtOnce = 1000;

    /// <summary>Jobs of the data folder, running and ended, the newest first. Asks the store only for those of the page that run.</summary>
    /// <exception cref="IOException">The data folder cannot be read.</exception>
    public async ValueTask<JobPage> JobsAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        var active = (await _store.ActiveAsync(cancellationToken)).Jobs.ToDictionary(job => job.Shape.JobId, StringComparer.Ordinal);
        var matching = _history.NewestFirst().Where(job => Matches(job, active.GetValueOrDefault(job.Entry.JobId), filter)).ToList();
        var page = new List<JobStatus>();
        foreach (var job in matching.Skip(filter.Offset).Take(filter.Limit))
            page.Add(job.End is null && await StatusAsync(job.Entry.JobId, cancellationToken) is { } status ? status : StatusBuilder.Build(job));
        return new JobPage(page, matching.Count);
    }

    /// <summary>What a job was submitted as; null when there is no such job.</summary>
    public JobDescription? Describe(string jobId) =>
        _journal.Find(jobId) is { } entry ? new JobDescription(entry.Spec, entry.Notes, entry.Origin.Subject) : null;

    /// <summary>The files of a job's output; null unless it succeeded.</summary>
    public IReadOnlyList<OutputFile>? Output(string jobId) =>
        _journal.FindEnd(jobId) is { State: JobState.Succeeded } && _output.Outcome(jobId) is { Kind: OutcomeKind.Commit } outcome
            ? [.. outcome.Winners.SelectMany(winner => winner.Files)]
            : null;

    /// <summary>What happened to a job's attempts, oldest first: from the store while it knows the job, then from the data folder.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="after">Only events with a greater id; 0 for all.</param>
    /// <param name="max">Events at most.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null when there is no such job.</returns>
    public async ValueTask<LedgerView?> EventsAsync(string jobId, long after, int max, CancellationToken cancellationToken)
    {
        if (_journal.Find(jobId) is null) return null;
        return _journal.FindLedger(jobId, after, max) ?? await _store.EventsAsync(jobId, after, max, cancellationToken);
    }

    /// <summary>Tasks of a job, by kind and index; none after its end. Null when there is no such job.</summary>
    public async ValueTask<IReadOnlyList<TaskView>?> TasksAsync(string jobId, TaskFilter filter, CancellationToken cancellationToken)
    {
        if (_journal.Find(jobId) is null) return null;
        if (await _store.JobAsync(jobId, cancellationToken) is not { EndedAt: null } job) return [];
        var step = filter.Step ?? job.Step;
        if ((uint)step >= (uint)job.Shape.Steps.Count) return [];
        var size = job.Shape.Steps[step];
        var page = new TaskPager(filter);
        await AddAsync(TaskKind.Sample, size.IsSampled ? 1 : 0);
        await AddAsync(TaskKind.Map, size.Maps);
        await AddAsync(TaskKind.Reduce, size.Reduces);
        return page.Tasks;

        async ValueTask AddAsync(TaskKind kind, int total)
        {
            if (filter.Kind is { } wanted && wanted != kind) return;
            for (var start = page.SkipAll(total); start < total && !page.IsFull; start += TasksAtOnce)
                page.Add(await _store.TasksAsync(jobId, step, kind, start, TasksAtOnce, cancellationToken));
        }
    }

    /// <summary>The registered workers, and the lost ones whose map outputs are still to be given up.</summary>
    public ValueTask<IReadOnlyList<WorkerView>> WorkersAsync(CancellationToken cancellationToken) => _store.WorkersAsync(cancellationToken);

    /// <summary>Asks a worker to claim no more tasks, or to claim again; it learns of it within seconds.</summary>
    /// <returns>False when the worker is not registered.</returns>
    public ValueTask<bool> DrainAsync(string workerId, bool isDraining, CancellationToken cancellationToken) =>
        _store.DrainAsync(workerId, isDraining, cancellationToken);

    /// <summary>Where the map outputs of a step lie.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="step">The step.</param>
    /// <param name="version">The version that is wanted, from <see cref="TaskLease.MapOutputsVersion"/>; where winners changed since, what is there now is returned.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null while an output is missing, and when the job has ended or is not known.</returns>
    public async ValueTask<MapOutputsView?> MapOutputsAsync(string jobId, int step, long version, CancellationToken cancellationToken)
    {
        if (_jobs.Find(jobId) is not { } job || await job.MapOutputsAsync(_store, step, version, cancellationToken) is not { } outputs) return null;
        var named = outputs.Locations.Select(output => output.Worker).ToHashSet(StringComparer.Ordinal);
        var workers = await _store.WorkersAsync(cancellationToken);
        return new MapOutputsView(outputs.Winners.Version, outputs.Locations, [.. workers.Select(worker => worker.Registration).Where(worker => named.Contains(worker.Id))]);
    }

    /// <summary>Deletes ended jobs from the data folder; none within an hour of its end.</summary>
    /// <param name="maxJobs">Ended jobs to keep, the last to end.</param>
    /// <param name="maxAge">How long after its end a job is kept.</param>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="IOException">The data folder cannot be changed.</exception>
    public int TrimHistory(int maxJobs, TimeSpan maxAge) => _history.Trim(maxJobs, maxAge, _time.GetUtcNow());

    /// <summary>The jobs that have not ended, as they were submitted.</summary>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public IReadOnlyList<JobSpec> UnendedSpecs() => [.. _journal.Open(damage => throw damage).Select(entry => entry.Spec)];

    /// <summary>The data folder's own id, made when first asked for: masters that see different ones do not share it.</summary>
    /// <exception cref="IOException">The data folder cannot be read or written.</exception>
    public string DataFolderId() => _dataFolderId();

    private static bool Matches(JournaledJob job, JobView? view, JobFilter filter)
    {
        var state = job.End?.State ?? view?.State ?? JobState.Submitted;
        return (filter.State is not { } wanted || wanted == state) && (filter.Name is null || filter.Name == (job.Entry.Spec.Name ?? job.Entry.Spec.Job));
    }
}
