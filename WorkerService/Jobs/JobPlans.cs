using System.Collections.Concurrent;
using MapReduce.Protocol;
using MapReduce.Worker;

namespace MapReduce.WorkerService.Jobs;

/// <summary>The plans of the jobs that this worker has tasks of, each made once. Safe for concurrent use.</summary>
internal sealed class JobPlans(JobCatalog catalog)
{
    private readonly ConcurrentDictionary<string, JobPlan> _plans = new(StringComparer.Ordinal);

    /// <summary>The plan of a lease's job.</summary>
    /// <exception cref="AttemptFailedException">This worker does not know the job, knows another version of it, or the job refuses its options.</exception>
    public JobPlan Of(TaskLease lease) => _plans.TryGetValue(lease.JobId, out var plan) ? plan : _plans.GetOrAdd(lease.JobId, Plan(lease.Spec));

    /// <summary>Forgets a job that has ended.</summary>
    public void Forget(string jobId) => _plans.TryRemove(jobId, out _);

    private JobPlan Plan(JobSpec spec)
    {
        if (!catalog.TryFind(spec.Job, out var job))
            throw Refuse(FailureKind.Worker, $"This worker does not know the job '{spec.Job}': list its assembly in MapReduce:Worker:JobAssemblies of every worker.");
        var plan = Plan(job, spec);
        if (!plan.Shapes.SequenceEqual(spec.Steps) || !plan.Inputs.SequenceEqual(spec.InputShapes))
            throw Refuse(FailureKind.Worker, $"This worker's version of the job '{spec.Job}' has other inputs or steps than the one that was submitted: give both the same assembly.");
        return plan;
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
