using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Worker;

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
    /// <exception cref="OperationCanceledException">It was cancelled before it began.</exception>
    /// <exception cref="IOException">The output could not be committed, for instance because the disk is full. The next run to the same output carries the commit on.</exception>
    public static Task<JobStatus> RunAsync(JobPlan plan, JobSpec spec, LocalClusterOptions options, IProgress<JobStatus>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        var files = PhysicalFileSystem.Instance;
        var run = new LocalRun(spec, options, files, TimeProvider.System, new InputPlanner(files).Plan, (output, workDirectory) =>
            new AttemptRunner(files, output, new LocalMapOutputSource(files), workDirectory, _ => plan, isOnlyHost: true));
        // On the thread pool: a caller's own synchronization context must not carry every lease and heartbeat.
        return Task.Run(() => run.RunAsync(progress, cancellationToken), cancellationToken);
    }
}

/// <summary>How a local cluster runs.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>Workers, each with one slot; default: one for each processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Where map outputs and runs lie while the job runs; null (the default) for a folder within the output's <c>_temporary</c>.</summary>
    public string? WorkDirectory { get; init; }
}
