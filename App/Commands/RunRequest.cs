using MapReduce.Protocol;

namespace MapReduce.App.Commands;

/// <summary>What a command was asked to run, as it was typed.</summary>
internal sealed record RunRequest
{
    public const long DefaultMemory = 256L << 20;

    public required string Job { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    public required string Output { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Set { get; init; } = [];

    public int Reducers { get; init; }

    public int Workers { get; init; } = Environment.ProcessorCount;

    public long SplitSize { get; init; }

    public long Memory { get; init; } = DefaultMemory;

    public bool Overwrite { get; init; }

    public string? WorkDirectory { get; init; }

    public bool Json { get; init; }

    public string? Name { get; init; }

    public int? Priority { get; init; }

    public int? MaxAttempts { get; init; }

    public int? MaxDeaths { get; init; }

    public TimeSpan? Lease { get; init; }

    public TimeSpan? TaskTimeout { get; init; }

    public int SkipBadRecords { get; init; }

    public TimeSpan? JobTimeout { get; init; }

    /// <summary>The job's description for the engine, its paths made absolute.</summary>
    public JobSpec ToSpec(string options, JobPlan plan)
    {
        var spec = new JobSpec
        {
            Job = Job,
            Name = Name,
            Options = options,
            Inputs = plan.FullInputs(Inputs),
            Output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Output)),
            Overwrite = Overwrite,
            Reducers = Reducers,
            SplitSize = SplitSize,
            MemoryPerSlot = Memory,
            Slots = Workers,
            SkipBadRecords = SkipBadRecords,
            JobTimeout = JobTimeout,
            InputShapes = plan.Inputs,
            Steps = plan.Shapes,
        };
        return spec with
        {
            Priority = Priority ?? spec.Priority,
            MaxAttempts = MaxAttempts ?? spec.MaxAttempts,
            MaxDeaths = MaxDeaths ?? spec.MaxDeaths,
            Lease = Lease ?? spec.Lease,
            TaskTimeout = TaskTimeout ?? spec.TaskTimeout,
        };
    }
}
