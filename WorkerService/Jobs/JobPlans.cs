using System.Collections.Concurrent;
using MapReduce.Protocol;
using MapReduce.Streaming;
using MapReduce.Worker;

namespace MapReduce.WorkerService.Jobs;

/// <summary>The plans of the jobs that this worker has tasks of, each made once. Safe for concurrent use.</summary>
/// <param name="catalog">The jobs whose code is this worker's own.</param>
/// <param name="streaming">The job whose code is programs of others; null on a worker that does not run these.</param>
internal sealed class JobPlans(JobCatalog catalog, JobDefinition? streaming)
{
    private readonly ConcurrentDictionary<string, JobPlan> _plans = new(StringComparer.Ordinal);

    /// <summary>The plan of a lease's job.</summary>
    /// <exception cref="AttemptFailedException">This worker does not know the job, knows another version of it, or the job refuses its options.</exception>
    public JobPlan Of(TaskLease lease) => _plans.TryGetValue(lease.JobId, out var plan) ? plan : _plans.GetOrAdd(lease.JobId, Plan(lease.Spec));

    /// <summary>The shipped files that must be here before an attempt of the job begins.</summary>
    /// <exception cref="AttemptFailedException">This worker does not know the job.</exception>
    public IReadOnlyList<ShippedFile> FilesOf(JobSpec spec) => Find(spec) == streaming ? StreamJob.FilesOf(spec) : [];

    /// <summary>Forgets a job that has ended.</summary>
    public void Forget(string jobId) => _plans.TryRemove(jobId, out _);

    private JobPlan Plan(JobSpec spec)
    {
        var plan = Plan(Find(spec), spec);
        if (!plan.Shapes.SequenceEqual(spec.Steps))
            throw Refuse(FailureKind.Worker, $"This worker's version of the job '{spec.Job}' has other steps than the one that was submitted: give both the same assembly.");
        // Read by the sources of another plan, an input would be taken for something else, or for nothing.
        if (!plan.Inputs.SequenceEqual(spec.InputShapes))
            throw Refuse(FailureKind.Worker, $"This worker's version of the job '{spec.Job}' reads other inputs, or reads them otherwise, than the one that was submitted: give both the same assembly, and submit the job with the inputs of its plan.");
        return plan;
    }

    private JobDefinition Find(JobSpec spec)
    {
        if (catalog.TryFind(spec.Job, out var job)) return job;
        if (spec.Job != StreamJob.Definition.Name)
            throw Refuse(FailureKind.Worker, $"This worker does not know the job '{spec.Job}': list its assembly in MapReduce:Worker:JobAssemblies of every worker.");
        return streaming
            ?? throw Refuse(FailureKind.Worker, "This worker does not run the programs of streaming jobs: set MapReduce:Worker:AllowUserCode to true on every worker, or run the job without a cluster.");
    }

    private static JobPlan Plan(JobDefinition job, JobSpec spec)
    {
        try
        {
            return job.Plan(spec.Options);
        }
        catch (JobRejectedException rejected)
        {
            throw Refuse(FailureKind.User, string.Join(" ", rejected.Reasons), isFinal: true);
        }
    }

    private static AttemptFailedException Refuse(FailureKind kind, string message, bool isFinal = false) => new(new AttemptFailure(kind, message, isFinal));
}
