namespace MapReduce.Protocol;

/// <summary>All that a master needs to know of a job: data, never user code.</summary>
public sealed record JobSpec
{
    /// <summary>The job's name, by which a worker finds its code: "wordcount".</summary>
    public required string Job { get; init; }

    /// <summary>What people call this run, for lists and traces; null (the default) for the job's name.</summary>
    public string? Name { get; init; }

    /// <summary>The job's options as JSON, as its <see cref="IMapReduceJob{TOptions}"/> reads them.</summary>
    public string Options { get; init; } = "{}";

    /// <summary>
    /// Input files, directories (read recursively) and glob patterns, absolute; where the job names its inputs, each as
    /// <c>name=path</c>. At least one, and one for each name.
    /// </summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The output directory, absolute.</summary>
    public required string Output { get; init; }

    /// <summary>Replace what an earlier job left in <see cref="Output"/>. Default: an existing output is refused.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Reduce tasks, 1 to 65,535; 0 (the default) lets the planner choose.</summary>
    public int Reducers { get; init; }

    /// <summary>Bytes of input a map task, 0 (the default) to let the planner choose between 32 MiB and 1 GiB.</summary>
    public long SplitSize { get; init; }

    /// <summary>Bytes of memory for each running task; default 256 MiB, at least 16 MiB.</summary>
    public long MemoryPerSlot { get; init; } = 256L << 20;

    /// <summary>Worker slots that the planner plans for; default 2.</summary>
    public int Slots { get; init; } = 2;

    /// <summary>How long a lease lasts without renewal; default 10 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Failures of user code that a task may have before the job fails; default 4.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Deaths of workers that a task may see before the job fails; default 4.</summary>
    public int MaxDeaths { get; init; } = 4;

    /// <summary>How long an attempt may go without new records or status; default 10 min.</summary>
    public TimeSpan TaskTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the whole job may take; null (the default) for no limit.</summary>
    public TimeSpan? JobTimeout { get; init; }

    /// <summary>
    /// Records that mappers may fail on, or that cannot be read, before the job fails; these are left out, counted, and saved beside the
    /// output in files named <c>_bad-records</c>. Default 0: the first fails its attempt.
    /// </summary>
    public long SkipBadRecords { get; init; }

    /// <summary>Share of the cluster against other jobs, 1 to 100; default 10.</summary>
    public int Priority { get; init; } = 10;

    /// <summary>The inputs that the job's plan reads, as <see cref="JobPlan.Inputs"/> describes them; default: lines of all paths.</summary>
    public IReadOnlyList<InputShape> InputShapes { get; init; } = InputShape.OnlyLines;

    /// <summary>The steps of the job in their order, as its plan describes them.</summary>
    public required IReadOnlyList<StepShape> Steps { get; init; }
}

/// <summary>What the scheduler must know of a step.</summary>
/// <param name="HasReduce">False for a map-only step, whose map tasks write the output.</param>
/// <param name="IsSampled">True when a sampling task must find the range boundaries before the first map task (a total order).</param>
/// <param name="Folds">True when the map side folds values by key, so that bigger map tasks are better.</param>
public sealed record StepShape(bool HasReduce, bool IsSampled, bool Folds);
