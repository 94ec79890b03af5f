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
    /// <param name="spec">Its description; the plan's inputs and steps take the place of those in it.</param>
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
        RefuseMoreMemoryThanThereIs(spec, options);
        var files = PhysicalFileSystem.Instance;
        var run = new LocalRun(spec with { InputShapes = plan.Inputs, Steps = plan.Shapes }, options, files, TimeProvider.System, new InputPlanner(files).Plan, (output, workDirectory) =>
            new AttemptRunner(files, output, new LocalMapOutputSource(files, workDirectory), workDirectory, _ => plan, isOnlyHost: true));
        // On the thread pool: a caller's own synchronization context must not carry every lease and heartbeat.
        return Task.Run(() => run.RunAsync(progress, cancellationToken), cancellationToken);
    }

    /// <summary>Runs a job of one's own with the usual settings: one worker for each processor, 256 MiB for each.</summary>
    /// <param name="plan">The job's plan.</param>
    /// <param name="inputs">Files, directories (read recursively) and glob patterns; each as <c>name=path</c> where the plan names its inputs.</param>
    /// <param name="output">The output directory.</param>
    /// <param name="overwrite">Replace what an earlier job left there. Default: an existing output is refused.</param>
    /// <param name="cancellationToken">Cancels the job.</param>
    /// <returns>The final status: look at its state, and at its error when it failed.</returns>
    /// <exception cref="JobRejectedException">The job cannot start; all reasons at once.</exception>
    public static Task<JobStatus> RunAsync(JobPlan plan, IEnumerable<string> inputs, string output, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var spec = new JobSpec
        {
            Job = "job",
            Inputs = plan.FullInputs(inputs),
            Output = Path.GetFullPath(output),
            Overwrite = overwrite,
            Steps = plan.Shapes,
        };
        return RunAsync(plan, spec, new LocalClusterOptions(), progress: null, cancellationToken);
    }

    // Found at the start, not by twenty attempts that cannot have it.
    private static void RefuseMoreMemoryThanThereIs(JobSpec spec, LocalClusterOptions options)
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (spec.MemoryPerSlot <= available / options.Workers) return;
        throw new JobRejectedException([$"{options.Workers} workers with {spec.MemoryPerSlot >> 20} MiB of memory each need more than the {available >> 20} MiB of this machine: use fewer workers, or less memory for each."]);
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
