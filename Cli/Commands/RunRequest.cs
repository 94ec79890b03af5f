using MapReduce.Protocol;

namespace MapReduce.Cli.Commands;

/// <summary>What <c>mapreduce run</c> was asked to do, as it was typed.</summary>
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

    /// <summary>The job's description for the engine, its paths made absolute.</summary>
    public JobSpec ToSpec(string options, IReadOnlyList<StepShape> steps) => new()
    {
        Job = Job,
        Options = options,
        Inputs = [.. Inputs.Select(Path.GetFullPath)],
        Output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Output)),
        Overwrite = Overwrite,
        Reducers = Reducers,
        SplitSize = SplitSize,
        MemoryPerSlot = Memory,
        Slots = Workers,
        Steps = steps,
    };
}
