using System.Text.Json;
using System.Text.Json.Serialization;
using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>A line of NDJSON while the job runs. Fields may be added, never renamed.</summary>
internal sealed record ProgressEvent
{
    public string Event { get; } = "progress";

    public required string JobId { get; init; }

    public required JobState State { get; init; }

    public required double Seconds { get; init; }

    public required long InputBytes { get; init; }

    public required int Step { get; init; }

    public required int Steps { get; init; }

    public required IReadOnlyDictionary<TaskKind, TaskCounts> Tasks { get; init; }

    public required AttemptCounts Attempts { get; init; }
}

/// <summary>A line of NDJSON when a cluster has taken the job.</summary>
internal sealed record SubmittedEvent
{
    public string Event { get; } = "submitted";

    public required string JobId { get; init; }

    public required string? TraceId { get; init; }
}

/// <summary>The last line of NDJSON of every run, also of one that could not start.</summary>
internal sealed record ResultEvent
{
    public string Event { get; } = "result";

    public required string Job { get; init; }

    public required string? JobId { get; init; }

    public required string? TraceId { get; init; }

    public required string State { get; init; }

    public required int ExitCode { get; init; }

    public required double Seconds { get; init; }

    public required string Output { get; init; }

    public required IReadOnlyList<string> Parts { get; init; }

    public required AttemptCounts? Attempts { get; init; }

    public required IReadOnlyDictionary<string, long>? Counters { get; init; }

    public required IReadOnlyList<string> Errors { get; init; }
}

/// <summary>Serializers made by the compiler: no reflection at run time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(JobStateNames), typeof(TaskKindNames)])]
[JsonSerializable(typeof(ProgressEvent))]
[JsonSerializable(typeof(ResultEvent))]
[JsonSerializable(typeof(SubmittedEvent))]
internal sealed partial class EventJson : JsonSerializerContext;

/// <summary><c>mapping</c>, <c>succeeded</c>.</summary>
internal sealed class JobStateNames() : JsonStringEnumConverter<JobState>(JsonNamingPolicy.CamelCase);

/// <summary><c>map</c>, <c>reduce</c>.</summary>
internal sealed class TaskKindNames() : JsonStringEnumConverter<TaskKind>(JsonNamingPolicy.CamelCase);
