using MapReduce.Protocol;

namespace MapReduce.Local;

/// <summary>A whole cluster in this process: a coordinator, a lease store in memory, and workers. Nothing to install, no server.</summary>
public static class LocalCluster
{
    /// <summary>Runs a job to its end.</summary>
    /// <param name="plan">The job's plan.</param>
    /// <param name="spec">Its description; <see cref="JobSpec.Steps"/> must be the plan's <see cref="JobPlan.Shapes"/>.</param>
    /// <param name="options">Workers and scratch space.</param>
    /// <param name="progress">Told of the status at most four times a second, and at the end; may be null.</param>
    /// <param name="cancellationToken">Cancels the job; its scratch files and temporary output are deleted before the task ends.</param>
    /// <returns>The final status: succeeded, failed or cancelled.</returns>
    /// <exception cref="JobRejectedException">The job cannot start; all reasons at once.</exception>
    public static Task<JobStatus> RunAsync(JobPlan plan, JobSpec spec, LocalClusterOptions options, IProgress<JobStatus>? progress, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}

/// <summary>How a local cluster runs.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>Workers, each with one slot; default: one for each processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Where map outputs and runs lie while the job runs; null (the default) for a folder within the output's <c>_temporary</c>.</summary>
    public string? WorkDirectory { get; init; }
}
