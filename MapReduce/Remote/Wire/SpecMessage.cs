using MapReduce.Protocol;

namespace MapReduce.Remote.Wire;

/// <summary>A job's description as it travels. What is left out or null has the default of <see cref="JobSpec"/>.</summary>
/// <param name="Job">The job's name, by which a worker finds its code.</param>
/// <param name="Inputs">Absolute files, directories and glob patterns.</param>
/// <param name="Output">The output directory, absolute.</param>
/// <param name="Steps">The steps of the job's plan.</param>
/// <param name="Name">What people call this run.</param>
/// <param name="Options">The job's options as JSON text.</param>
/// <param name="Overwrite">Replace what an earlier job left in the output directory.</param>
/// <param name="Reducers">Reduce tasks.</param>
/// <param name="SplitSize">Bytes of input a map task.</param>
/// <param name="MemoryPerSlot">Bytes of memory for each running task.</param>
/// <param name="Slots">Worker slots that the planner plans for.</param>
/// <param name="Lease">How long a lease lasts without renewal.</param>
/// <param name="MaxAttempts">Failures of user code that a task may have.</param>
/// <param name="MaxDeaths">Deaths of workers that a task may see.</param>
/// <param name="TaskTimeout">How long an attempt may go without new records or status.</param>
/// <param name="JobTimeout">How long the whole job may take.</param>
/// <param name="Priority">Share of the cluster, 1 to 100.</param>
/// <param name="SkipBadRecords">Records that may be bad before the job fails.</param>
/// <param name="InputShapes">The inputs of the job's plan.</param>
public sealed record SpecMessage(
    string Job,
    IReadOnlyList<string> Inputs,
    string Output,
    IReadOnlyList<StepShape> Steps,
    string? Name = null,
    string? Options = null,
    bool Overwrite = false,
    int? Reducers = null,
    long? SplitSize = null,
    long? MemoryPerSlot = null,
    int? Slots = null,
    TimeSpan? Lease = null,
    int? MaxAttempts = null,
    int? MaxDeaths = null,
    TimeSpan? TaskTimeout = null,
    TimeSpan? JobTimeout = null,
    int? Priority = null,
    long? SkipBadRecords = null,
    IReadOnlyList<InputShape>? InputShapes = null)
{
    /// <summary>The message for a description.</summary>
    public static SpecMessage Of(JobSpec spec) => new(
        spec.Job, spec.Inputs, spec.Output, spec.Steps, spec.Name, spec.Options, spec.Overwrite, spec.Reducers, spec.SplitSize, spec.MemoryPerSlot,
        spec.Slots, spec.Lease, spec.MaxAttempts, spec.MaxDeaths, spec.TaskTimeout, spec.JobTimeout, spec.Priority, spec.SkipBadRecords, spec.InputShapes);

    /// <summary>The description, defaults filled in. Nothing is checked here: that is the planner's.</summary>
    public JobSpec ToSpec()
    {
        var spec = new JobSpec { Job = Job, Inputs = Inputs, Output = Output, Steps = Steps };
        return spec with
        {
            Name = Name,
            Options = Options ?? spec.Options,
            Overwrite = Overwrite,
            Reducers = Reducers ?? spec.Reducers,
            SplitSize = SplitSize ?? spec.SplitSize,
            MemoryPerSlot = MemoryPerSlot ?? spec.MemoryPerSlot,
            Slots = Slots ?? spec.Slots,
            Lease = Lease ?? spec.Lease,
            MaxAttempts = MaxAttempts ?? spec.MaxAttempts,
            MaxDeaths = MaxDeaths ?? spec.MaxDeaths,
            TaskTimeout = TaskTimeout ?? spec.TaskTimeout,
            JobTimeout = JobTimeout,
            Priority = Priority ?? spec.Priority,
            SkipBadRecords = SkipBadRecords ?? spec.SkipBadRecords,
            InputShapes = InputShapes ?? spec.InputShapes,
        };
    }
}
